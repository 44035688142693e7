import { Check } from "lucide-react";
import type { ReactNode } from "react";

import { cx } from "@/ui/cx";

/** Several of a few, side by side. */
export function Choices<T extends string>({
  label,
  options,
  value,
  onChange,
  disabled,
}: {
  label: string;
  options: readonly { value: T; label: string; icon?: ReactNode }[];
  value: readonly T[];
  onChange: (value: T[]) => void;
  disabled?: boolean;
}) {
  const toggle = (each: T) =>
    onChange(value.includes(each) ? value.filter((other) => other !== each) : [...value, each]);
  return (
    <div role="group" aria-label={label} className="flex flex-wrap gap-1.5">
      {options.map((option) => {
        const isChosen = value.includes(option.value);
        return (
          <button
            key={option.value}
            type="button"
            aria-pressed={isChosen}
            disabled={disabled}
            onClick={() => toggle(option.value)}
            className={cx(
              "inline-flex h-8 items-center gap-1.5 rounded-lg border px-2.5 text-[0.8125rem] font-medium disabled:opacity-60",
              isChosen
                ? "border-accent bg-accent-soft text-accent-ink"
                : "border-line-strong text-quiet hover:bg-hover hover:text-ink",
            )}
          >
            {isChosen ? <Check size={14} aria-hidden="true" /> : option.icon}
            {option.label}
          </button>
        );
      })}
    </div>
  );
}
