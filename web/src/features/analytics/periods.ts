/** The period that is asked for, the one before it, and how both are said. Days are the workspace's. */
import { i18n } from "@lingui/core";

import type { AnalyticsSearch } from "./search";

const DAY_MS = 24 * 60 * 60 * 1_000;

/** A period as the server is asked: by name, or from and to (days, or instants). */
export type Period = { window: "7d" | "30d" } | { from: string; to: string };
/** A period as the server answered: instants, the end excluded, and the zone whose days it has. */
export interface Answered {
  readonly from: string;
  readonly to: string;
  readonly time_zone: string;
}

export function askedPeriod({ from, to, window }: AnalyticsSearch): Period {
  return from !== undefined && to !== undefined ? { from, to } : { window: window ?? "7d" };
}

/** The period of the same length that ended where this one begins. */
export function periodBefore(asked: Period, answered: Answered): Period {
  if ("window" in asked) {
    const days = asked.window === "7d" ? 7 : 30;
    return { from: daysEarlier(answered.from, days, answered.time_zone), to: answered.from };
  }
  const days = (Date.parse(asked.to) - Date.parse(asked.from)) / DAY_MS + 1;
  return { from: shiftedDay(asked.from, -days), to: shiftedDay(asked.from, -1) };
}

/** The same time of day so many days earlier by the clocks of a zone: such a day may have 23 or 25 hours. */
export function daysEarlier(iso: string, days: number, zone: string): string {
  const at = Date.parse(iso);
  const wall = at + offset(at, zone) - days * DAY_MS;
  const near = wall - offset(at, zone);
  return new Date(wall - offset(near, zone)).toISOString();
}

/** Today as a zone has it, in the form of date fields. */
export function today(zone: string, now = Date.now()): string {
  return new Date(now + offset(now, zone)).toISOString().slice(0, 10);
}

export function shiftedDay(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The days of a period: "20 – 27 Nov 2026". */
export function periodText({ from, to, time_zone }: Answered): string {
  const format = new Intl.DateTimeFormat(i18n.locale, { dateStyle: "medium", timeZone: time_zone });
  // The end is excluded: midnight belongs to the day before.
  return format.formatRange(Date.parse(from), Date.parse(to) - 1);
}

/** From when to when on the workspace's clocks; only from when, while it lasts. */
export function momentsIn(from: string, to: string | null, zone: string): string {
  const options = { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" } as const;
  const format = new Intl.DateTimeFormat(i18n.locale, { ...options, timeZone: zone });
  return to === null ? format.format(Date.parse(from)) : format.formatRange(Date.parse(from), Date.parse(to));
}

/** What a zone's clocks show less UTC, in milliseconds. */
function offset(at: number, zone: string): number {
  const parts = new Intl.DateTimeFormat("en-u-hc-h23", {
    timeZone: zone,
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(at);
  const part = (type: string) => Number(parts.find((each) => each.type === type)?.value);
  const wall = Date.UTC(
    part("year"),
    part("month") - 1,
    part("day"),
    part("hour"),
    part("minute"),
    part("second"),
  );
  return wall - Math.floor(at / 1_000) * 1_000;
}
