import { i18n } from "@lingui/core";
import type { ReactNode } from "react";

/** One figure on top of the page. With `onOpen` its value opens the list behind it. */
export function FigureCard({
  name,
  rule,
  value,
  unit,
  onOpen,
  children,
}: {
  name: string;
  /** Which moment decides whether something is in the period. */
  rule: string;
  value: string;
  unit?: string;
  onOpen?: (() => void) | undefined;
  children?: ReactNode;
}) {
  const text = (
    <>
      <span className="text-[1.375rem] leading-7 font-semibold tracking-tight tabular-nums">{value}</span>
      {unit !== undefined && <span className="text-xs font-medium text-quiet">{unit}</span>}
    </>
  );
  return (
    <section aria-label={name} className="flex min-w-0 flex-col rounded-xl border border-line bg-surface p-4">
      <h2 className="text-[0.8125rem] font-medium">{name}</h2>
      <p className="text-xs text-quiet">{rule}</p>
      <div className="mt-2">
        {onOpen === undefined ? (
          <p className="flex items-baseline gap-1.5">{text}</p>
        ) : (
          <button
            type="button"
            onClick={onOpen}
            className="-mx-1 flex items-baseline gap-1.5 rounded-md px-1 decoration-line-strong underline-offset-4 hover:bg-hover hover:underline"
          >
            <span className="sr-only">{i18n._("Open the list: {name}", { name })}</span>
            {text}
          </button>
        )}
      </div>
      <div className="mt-1 space-y-1.5 text-[0.8125rem]">{children}</div>
    </section>
  );
}
