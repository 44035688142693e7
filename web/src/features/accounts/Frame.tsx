import { i18n } from "@lingui/core";
import type { ReactNode } from "react";

import { LanguageSwitch } from "./LanguageSwitch";
import { Logo } from "./Logo";
import { useTitle } from "./useTitle";

/** A card in the middle of the page, for everything before the inbox. */
export function Frame({
  title,
  intro,
  children,
  foot,
  wide,
}: {
  title: string;
  intro?: ReactNode;
  children: ReactNode;
  /** Below the card: where else to go. */
  foot?: ReactNode;
  wide?: boolean;
}) {
  useTitle(title);
  return (
    <main
      id="main"
      className="flex min-h-dvh flex-col items-center justify-center gap-6 bg-page px-4 py-8 sm:px-6"
    >
      <div className="flex flex-col items-center gap-3 text-center">
        <Logo size={44} />
        <div className="max-w-md">
          <h1 className="text-[1.375rem] font-semibold tracking-tight text-balance">{title}</h1>
          {intro && <p className="mt-1.5 text-pretty text-quiet">{intro}</p>}
        </div>
      </div>
      <div
        className={`w-full rounded-2xl border border-line bg-surface p-5 shadow-sm sm:p-7 ${wide ? "max-w-lg" : "max-w-sm"}`}
      >
        {children}
      </div>
      {foot && <div className="text-center text-[0.8125rem] text-quiet">{foot}</div>}
      <LanguageSwitch label={i18n._("Language")} />
    </main>
  );
}
