import { i18n } from "@lingui/core";

import { messages as english } from "@/locales/en.po";
import { plain } from "@/locales/plain";
import { remembered } from "@/ui/remembered";

// A catalogue holds only what the text in the code does not say by itself. (In development Lingui compiles all.)
if (import.meta.env.PROD) i18n.setMessagesCompiler(plain);

export const LOCALES = { en: "English", es: "Español" } as const;
export type Locale = keyof typeof LOCALES;

const spoken = remembered<Locale>(
  "dibs.locale",
  navigator.language.startsWith("es") ? ["es", "en"] : ["en", "es"],
);

/** Loads a catalogue and switches to it; the document says so too. */
export async function speak(locale: Locale): Promise<void> {
  const messages = locale === "es" ? (await import("@/locales/es.po")).messages : english;
  i18n.loadAndActivate({ locale, messages });
  document.documentElement.lang = locale;
  spoken.set(locale);
}

/** The language to greet somebody in who is not signed in: the last one here, else the browser's. */
export function browsersLocale(): Locale {
  return spoken.get();
}
