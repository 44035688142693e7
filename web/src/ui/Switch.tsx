import { Switch as Base } from "@base-ui/react/switch";
import type { ReactNode } from "react";

/** A setting that is on or off, with its label and what it does. */
export function Switch({
  label,
  hint,
  checked,
  onChange,
  disabled,
}: {
  label: ReactNode;
  hint?: ReactNode;
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
}) {
  return (
    <label className="flex items-start gap-3">
      <Base.Root
        checked={checked}
        onCheckedChange={(value) => onChange(value)}
        disabled={disabled ?? false}
        className="relative mt-0.5 flex h-6 w-10 shrink-0 rounded-full bg-line-strong p-0.5 transition-colors data-checked:bg-accent data-disabled:opacity-50"
      >
        <Base.Thumb className="size-5 rounded-full bg-white shadow transition-transform data-checked:translate-x-4" />
      </Base.Root>
      <span className="min-w-0">
        <span className="font-medium">{label}</span>
        {hint && <span className="block text-[0.8125rem] text-quiet">{hint}</span>}
      </span>
    </label>
  );
}
