import { i18n } from "@lingui/core";

export const LOCALES = { en: "English", es: "Español" } as const;
export type Locale = keyof typeof LOCALES;

/** Loads a catalogue and switches to it; the document says so too. */
export async function speak(locale: Locale): Promise<void> {
  const { messages } = locale === "es" ? await import("@/locales/es.po") : await import("@/locales/en.po");
  i18n.loadAndActivate({ locale, messages });
  document.documentElement.lang = locale;
}

/** The language to greet somebody in who is not signed in. */
export function browsersLocale(): Locale {
  return navigator.language.startsWith("es") ? "es" : "en";
}
