import { i18n } from "@lingui/core";

/** Languages that support teams name most; any other code can be stored and is shown by name too. */
const COMMON =
  "ar bg bn ca cs da de el en es et eu fa fi fr gl he hi hr hu id it ja ko lt lv ms nl no pl pt ro ru sk sl sr sv sw ta th tl tr uk ur vi zh";

/** A language's name in the reader's language: "es" is "Spanish" or "español". */
export function languageName(code: string): string {
  try {
    return new Intl.DisplayNames([i18n.locale], { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** Languages to choose from, by name. */
export function languageOptions(
  codes: readonly string[] = COMMON.split(" "),
): { value: string; label: string }[] {
  return codes
    .map((code) => ({ value: code, label: languageName(code) }))
    .toSorted((a, b) => a.label.localeCompare(b.label, i18n.locale));
}
