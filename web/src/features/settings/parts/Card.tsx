import { useId, type ReactNode } from "react";

/** Settings that belong together, under a heading of their own. `foot` says when they take effect. */
export function Card({
  title,
  intro,
  actions,
  foot,
  children,
}: {
  title?: string;
  intro?: ReactNode;
  actions?: ReactNode;
  foot?: ReactNode;
  children?: ReactNode;
}) {
  const id = useId();
  return (
    <section
      {...(title !== undefined && { "aria-labelledby": id })}
      className="rounded-xl border border-line bg-surface"
    >
      {title !== undefined && (
        <header className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 px-4 pt-4 pb-1 sm:px-5">
          <div className="min-w-0 flex-1 basis-60">
            <h2 id={id} className="text-[0.9375rem] font-semibold">
              {title}
            </h2>
            {intro && <p className="mt-0.5 text-[0.8125rem] text-quiet">{intro}</p>}
          </div>
          {actions}
        </header>
      )}
      <div className="px-4 py-3 sm:px-5">{children}</div>
      {foot && (
        <footer className="flex flex-wrap items-center gap-x-2 gap-y-1 rounded-b-xl border-t border-line bg-sunken px-4 py-2.5 text-xs text-quiet sm:px-5">
          {foot}
        </footer>
      )}
    </section>
  );
}

/** Rows inside a card, with a quiet line between them. */
export function Rows({ children }: { children: ReactNode }) {
  return (
    <div className="flex flex-col divide-y divide-line [&>*]:py-3.5 [&>*:first-child]:pt-1.5 [&>*:last-child]:pb-1.5">
      {children}
    </div>
  );
}

/** A setting: what it is on the left, its control on the right, below each other where it is narrow. */
export function Row({
  label,
  hint,
  labelFor,
  children,
}: {
  label: ReactNode;
  hint?: ReactNode;
  labelFor?: string;
  children: ReactNode;
}) {
  const Label = labelFor === undefined ? "div" : "label";
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
      <div className="min-w-0 flex-1 basis-64">
        <Label {...(labelFor !== undefined && { htmlFor: labelFor })} className="block font-medium">
          {label}
        </Label>
        {hint && <div className="mt-0.5 text-[0.8125rem] text-quiet">{hint}</div>}
      </div>
      <div className="max-w-full shrink-0">{children}</div>
    </div>
  );
}
