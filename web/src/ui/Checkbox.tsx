import { Checkbox as Base } from "@base-ui/react/checkbox";
import { Check, Minus } from "lucide-react";

import { cx } from "./cx";

export interface CheckboxProps {
  label: string;
  checked: boolean;
  onChange: (checked: boolean, event: Event) => void;
  indeterminate?: boolean;
  disabled?: boolean;
  tabIndex?: number;
  className?: string;
}

/** A check box without a visible label; `label` is read aloud. */
export function Checkbox({
  label,
  checked,
  onChange,
  indeterminate,
  disabled,
  tabIndex,
  className,
}: CheckboxProps) {
  return (
    <Base.Root
      aria-label={label}
      checked={checked}
      onCheckedChange={(value, details) => onChange(value, details.event)}
      indeterminate={indeterminate ?? false}
      disabled={disabled ?? false}
      {...(tabIndex !== undefined && { tabIndex })}
      className={cx(
        "relative flex size-4.5 shrink-0 items-center justify-center rounded-[5px] border border-line-strong bg-surface data-checked:border-accent data-checked:bg-accent data-indeterminate:border-accent data-indeterminate:bg-accent",
        // The target is larger than what is drawn.
        "before:absolute before:-inset-1.5 before:content-['']",
        className,
      )}
    >
      <Base.Indicator className="text-on-accent">
        {indeterminate ? <Minus size={13} /> : <Check size={13} />}
      </Base.Indicator>
    </Base.Root>
  );
}
