import { Field as Base } from "@base-ui/react/field";
import type { ComponentProps, ReactNode } from "react";

import { cx } from "./cx";

const BOX =
  "bg-surface border-line-strong text-ink placeholder:text-quiet w-full rounded-lg border px-2.5 disabled:opacity-60 data-invalid:border-bad";

/** A label, its control, a hint and an error, tied together for screen readers. */
export function Field({
  label,
  hint,
  error,
  children,
}: {
  label: ReactNode;
  hint?: ReactNode;
  error?: string | undefined;
  children: ReactNode;
}) {
  return (
    <Base.Root invalid={error !== undefined} className="flex flex-col gap-1">
      <Base.Label className="text-[0.8125rem] font-medium">{label}</Base.Label>
      {children}
      {hint && <Base.Description className="text-xs text-quiet">{hint}</Base.Description>}
      {error !== undefined && (
        <Base.Error match className="text-xs font-medium text-bad">
          {error}
        </Base.Error>
      )}
    </Base.Root>
  );
}

/** A line of text; inside a Field it takes its label. */
export function TextInput({
  className,
  ...rest
}: Omit<ComponentProps<typeof Base.Control>, "className"> & { className?: string }) {
  return <Base.Control {...rest} className={cx(BOX, "h-9", className)} />;
}

/** Several lines of text; inside a Field it takes its label. */
export function TextArea({ className, ...rest }: ComponentProps<"textarea">) {
  return (
    <Base.Control render={<textarea {...rest} className={cx(BOX, "min-h-20 resize-y py-2", className)} />} />
  );
}
