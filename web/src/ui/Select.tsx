import { Select as Base } from "@base-ui/react/select";
import { Check, ChevronsUpDown } from "lucide-react";

import { cx } from "./cx";

export interface SelectProps<T extends string> {
  label: string;
  value: T;
  options: readonly { value: T; label: string; hint?: string }[];
  onChange: (value: T) => void;
  disabled?: boolean;
  className?: string;
}

/** One of a few. `label` is read aloud; put a visible one beside it where the page needs it. */
export function Select<T extends string>({
  label,
  value,
  options,
  onChange,
  disabled,
  className,
}: SelectProps<T>) {
  return (
    <Base.Root
      items={options.map(({ value: each, label: text }) => ({ value: each, label: text }))}
      value={value}
      onValueChange={(chosen) => onChange(chosen as T)}
      disabled={disabled ?? false}
    >
      <Base.Trigger
        aria-label={label}
        className={cx(
          "flex h-9 items-center justify-between gap-2 rounded-lg border border-line-strong bg-surface px-2.5 text-left disabled:opacity-60 data-disabled:opacity-60",
          className,
        )}
      >
        <Base.Value className="truncate" />
        <Base.Icon className="text-quiet">
          <ChevronsUpDown size={14} />
        </Base.Icon>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-50">
          <Base.Popup className="max-h-[min(24rem,var(--available-height))] min-w-(--anchor-width) overflow-y-auto rounded-xl border border-line bg-raised p-1 shadow-xl outline-none">
            {options.map((option) => (
              <Base.Item
                key={option.value}
                value={option.value}
                className="flex min-h-8 items-center gap-2 rounded-lg px-2 py-1 outline-none select-none data-highlighted:bg-hover"
              >
                <span className="w-4">
                  <Base.ItemIndicator>
                    <Check size={14} />
                  </Base.ItemIndicator>
                </span>
                <span>
                  <Base.ItemText>{option.label}</Base.ItemText>
                  {option.hint && <span className="block text-xs text-quiet">{option.hint}</span>}
                </span>
              </Base.Item>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
