import { i18n } from "@lingui/core";

import { remembered } from "@/ui/remembered";

export const LOCALES = { en: "English", es: "Español" } as const;
export type Locale = keyof typeof LOCALES;

const spoken = remembered<Locale>(
  "dibs.locale",
  navigator.language.startsWith("es") ? ["es", "en"] : ["en", "es"],
);

/** Loads a catalogue and switches to it; the document says so too. */
export async function speak(locale: Locale): Promise<void> {
  const { messages } = locale === "es" ? await import("@/locales/es.po") : await import("@/locales/en.po");
  i18n.loadAndActivate({ locale, messages });
  document.documentElement.lang = locale;
  spoken.set(locale);
}

/** The language to greet somebody in who is not signed in: the last one here, else the browser's. */
export function browsersLocale(): Locale {
  return spoken.get();
}
