import { Check } from "lucide-react";
import { useRef } from "react";

/** The check box of a row: the browser's own, since a list draws many of them while it scrolls. */
export function RowCheckbox({
  label,
  checked,
  onChange,
}: {
  label: string;
  checked: boolean;
  onChange: (isRange: boolean) => void;
}) {
  const withShift = useRef(false);
  return (
    <span className="relative flex size-4.5 items-center justify-center">
      <input
        type="checkbox"
        aria-label={label}
        checked={checked}
        tabIndex={-1}
        onClick={(event) => {
          withShift.current = event.shiftKey;
        }}
        onChange={() => onChange(withShift.current)}
        className="size-4.5 appearance-none rounded-[5px] border border-line-strong bg-surface before:absolute before:-inset-1.5 before:content-[''] checked:border-accent checked:bg-accent forced-colors:appearance-auto"
      />
      {checked && (
        <Check
          size={13}
          aria-hidden="true"
          className="pointer-events-none absolute text-on-accent forced-colors:hidden"
        />
      )}
    </span>
  );
}
