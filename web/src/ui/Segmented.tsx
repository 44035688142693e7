import { Radio } from "@base-ui/react/radio";
import { RadioGroup } from "@base-ui/react/radio-group";

import { cx } from "./cx";

/** One of two or three, all of them in sight. `label` is read aloud. */
export function Segmented<T extends string>({
  label,
  value,
  options,
  onChange,
  small,
}: {
  label: string;
  value: T;
  options: readonly { value: T; label: string }[];
  onChange: (value: T) => void;
  small?: boolean;
}) {
  return (
    <RadioGroup
      aria-label={label}
      value={value}
      onValueChange={(chosen) => onChange(chosen as T)}
      className="inline-flex shrink-0 gap-0.5 rounded-lg border border-line bg-sunken p-0.5"
    >
      {options.map((option) => (
        <label
          key={option.value}
          className={cx(
            "relative flex cursor-pointer items-center rounded-md px-2.5 text-quiet transition-colors select-none hover:text-ink",
            "has-data-checked:bg-raised has-data-checked:font-medium has-data-checked:text-ink has-data-checked:shadow-sm forced-colors:has-data-checked:outline",
            small ? "h-6 text-xs" : "h-7 text-[0.8125rem]",
          )}
        >
          <Radio.Root value={option.value} className="absolute inset-0 rounded-md" />
          {option.label}
        </label>
      ))}
    </RadioGroup>
  );
}
