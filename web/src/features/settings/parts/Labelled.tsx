import type { ReactNode } from "react";

/** As Field, for controls that name themselves: a visible label, a hint and an error. */
export function Labelled({
  label,
  hint,
  error,
  children,
}: {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  children: ReactNode;
}) {
  return (
    <div className="flex flex-col gap-1">
      <span className="text-[0.8125rem] font-medium">{label}</span>
      {children}
      {hint && <span className="text-xs text-quiet">{hint}</span>}
      {error !== undefined && (
        <span role="alert" className="text-xs font-medium text-bad">
          {error}
        </span>
      )}
    </div>
  );
}
