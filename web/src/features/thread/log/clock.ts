import { i18n } from "@lingui/core";

/** The time of the day: the day stands above. */
export function clock(iso: string): string {
  return new Intl.DateTimeFormat(i18n.locale, { hour: "2-digit", minute: "2-digit" }).format(new Date(iso));
}
