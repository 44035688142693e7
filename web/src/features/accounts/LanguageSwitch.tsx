import { i18n } from "@lingui/core";

import { LOCALES, speak, type Locale } from "@/i18n";
import { cx } from "@/ui/cx";

/** The language of the pages before signing in; afterwards each person's own holds. */
export function LanguageSwitch({ label }: { label: string }) {
  return (
    <div role="group" aria-label={label} className="flex gap-1">
      {Object.entries(LOCALES).map(([locale, name]) => (
        <button
          key={locale}
          type="button"
          lang={locale}
          aria-pressed={i18n.locale === locale}
          onClick={() => void speak(locale as Locale)}
          className={cx(
            "h-7 rounded-lg px-2.5 text-xs font-medium",
            i18n.locale === locale ? "bg-chosen text-accent-ink" : "text-quiet hover:bg-hover hover:text-ink",
          )}
        >
          {name}
        </button>
      ))}
    </div>
  );
}
