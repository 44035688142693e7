import type { ReactNode } from "react";

/** A page of settings: what it is about, then its cards. */
export function Page({
  title,
  intro,
  actions,
  children,
}: {
  title: string;
  intro?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className="mx-auto w-full max-w-180 px-4 pt-5 pb-16 sm:px-8 md:pt-9">
      <header className="mb-6 flex flex-wrap items-start justify-between gap-x-4 gap-y-3">
        <div className="min-w-0 flex-1 basis-72">
          <h1 tabIndex={-1} className="text-xl font-semibold tracking-tight outline-none">
            {title}
          </h1>
          {intro && <p className="mt-1 text-quiet">{intro}</p>}
        </div>
        {actions}
      </header>
      <div className="flex flex-col gap-5">{children}</div>
    </div>
  );
}
