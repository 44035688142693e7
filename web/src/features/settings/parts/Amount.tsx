import { NumberField } from "@base-ui/react/number-field";
import { i18n } from "@lingui/core";
import { Minus, Plus } from "lucide-react";

/** A whole number with its unit, by typing, arrow keys or the buttons. */
export function Amount({
  id,
  value,
  onChange,
  unit,
  min = 1,
  max,
  disabled = false,
  isInvalid = false,
}: {
  id: string;
  value: number;
  onChange: (value: number) => void;
  unit: string;
  min?: number;
  max: number;
  disabled?: boolean;
  isInvalid?: boolean;
}) {
  const step =
    "flex w-8 items-center justify-center text-quiet hover:bg-hover hover:text-ink data-disabled:opacity-40 data-disabled:hover:bg-transparent";
  return (
    <NumberField.Root
      id={id}
      value={value}
      onValueChange={(given) => given !== null && onChange(Math.round(given))}
      min={min}
      max={max}
      disabled={disabled}
      className="flex items-center gap-2"
    >
      <NumberField.Group
        className={`flex h-9 overflow-hidden rounded-lg border bg-surface ${isInvalid ? "border-bad" : "border-line-strong"} data-disabled:opacity-60`}
      >
        <NumberField.Decrement aria-label={i18n._("Less")} className={step}>
          <Minus size={14} />
        </NumberField.Decrement>
        <NumberField.Input
          aria-invalid={isInvalid}
          className="w-16 border-x border-line bg-transparent text-center tabular-nums -outline-offset-2"
        />
        <NumberField.Increment aria-label={i18n._("More")} className={step}>
          <Plus size={14} />
        </NumberField.Increment>
      </NumberField.Group>
      <span className="text-[0.8125rem] text-quiet">{unit}</span>
    </NumberField.Root>
  );
}
