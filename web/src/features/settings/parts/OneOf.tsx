import { Radio } from "@base-ui/react/radio";
import { RadioGroup } from "@base-ui/react/radio-group";
import type { ReactNode } from "react";

/** One of a few, each a card of its own. */
export function OneOf<T extends string>({
  label,
  value,
  onChange,
  options,
  disabled = false,
}: {
  label: string;
  value: T;
  onChange: (value: T) => void;
  options: readonly { value: T; label: string; hint?: string; icon?: ReactNode }[];
  disabled?: boolean;
}) {
  return (
    <RadioGroup
      aria-label={label}
      value={value}
      onValueChange={(chosen) => onChange(chosen as T)}
      disabled={disabled}
      className="grid grid-cols-[repeat(auto-fit,minmax(min(100%,11rem),1fr))] gap-2"
    >
      {options.map((option) => (
        <label
          key={option.value}
          className="flex items-center gap-3 rounded-xl border border-line px-3 py-2.5 hover:bg-hover has-data-checked:border-accent has-data-checked:bg-accent-soft"
        >
          {option.icon && (
            <span aria-hidden="true" className="shrink-0 text-quiet">
              {option.icon}
            </span>
          )}
          <span className="min-w-0 flex-1">
            <span className="block font-medium">{option.label}</span>
            {option.hint && <span className="block text-xs text-quiet">{option.hint}</span>}
          </span>
          <Radio.Root
            value={option.value}
            className="flex size-4.5 shrink-0 items-center justify-center rounded-full border border-line-strong bg-surface data-checked:border-accent data-checked:bg-accent data-disabled:opacity-60"
          >
            <Radio.Indicator className="size-2 rounded-full bg-on-accent" />
          </Radio.Root>
        </label>
      ))}
    </RadioGroup>
  );
}
