import { Check, Minus } from "lucide-react";
import { useEffect, useRef } from "react";

import { cx } from "./cx";

export interface CheckboxProps {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
  indeterminate?: boolean;
  disabled?: boolean;
}

/** A check box without a visible label; `label` is read aloud. */
export function Checkbox({
  label,
  checked,
  onChange,
  indeterminate = false,
  disabled = false,
}: CheckboxProps) {
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current !== null) box.current.indeterminate = indeterminate;
  }, [indeterminate]);
  const Sign = indeterminate ? Minus : Check;
  return (
    <span className="relative flex size-4.5 shrink-0 items-center justify-center">
      <input
        ref={box}
        type="checkbox"
        aria-label={label}
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.currentTarget.checked)}
        className={cx(
          "size-4.5 appearance-none rounded-[5px] border border-line-strong bg-surface checked:border-accent checked:bg-accent indeterminate:border-accent indeterminate:bg-accent forced-colors:appearance-auto",
          // The target is larger than what is drawn.
          "before:absolute before:-inset-1.5 before:content-['']",
        )}
      />
      {(checked || indeterminate) && (
        <Sign
          size={13}
          aria-hidden="true"
          className="pointer-events-none absolute text-on-accent forced-colors:hidden"
        />
      )}
    </span>
  );
}
