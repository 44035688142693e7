import { i18n } from "@lingui/core";

import { DAYS, type Day } from "./openings";

/** A Monday, to name the days of the week after. */
const MONDAY = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;

export function dayName(day: Day): string {
  const at = new Date(MONDAY + DAYS.indexOf(day) * DAY_MS);
  const name = new Intl.DateTimeFormat(i18n.locale, { weekday: "long", timeZone: "UTC" }).format(at);
  return name.charAt(0).toLocaleUpperCase(i18n.locale) + name.slice(1);
}

/** A calendar day for people: "Fri, 25 Dec 2026". */
export function dateName(date: string): string {
  return new Intl.DateTimeFormat(i18n.locale, {
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone: "UTC",
  }).format(new Date(`${date}T00:00:00Z`));
}
