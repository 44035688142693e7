import { i18n } from "@lingui/core";
import { useEffect, useSyncExternalStore } from "react";

/** One clock for every relative time on screen, so that all of them turn together. */
const TICK_MS = 10_000;
let now = Date.now();
let users = 0;
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

/** Milliseconds since 1970, anew every ten seconds. */
export function useNow(): number {
  useEffect(() => {
    if (users++ === 0) {
      timer = setInterval(() => {
        now = Date.now();
        for (const listener of listeners) listener();
      }, TICK_MS);
    }
    return () => {
      if (--users === 0) clearInterval(timer);
    };
  }, []);
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => now,
  );
}

/** How long ago, or until, in the largest fitting unit: "now", "12 min", "3 h", "2 d". */
export function span(ms: number): string {
  const minutes = Math.floor(Math.abs(ms) / 60_000);
  if (minutes < 1) return i18n._("now");
  if (minutes < 60) return i18n._("{minutes} min", { minutes });
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return i18n._("{hours} h", { hours });
  return i18n._("{days} d", { days: Math.floor(hours / 24) });
}

/** A moment as a person writes it: the time today, else with the day. */
export function moment(iso: string): string {
  const at = new Date(iso);
  const isToday = at.toDateString() === new Date().toDateString();
  const time: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit" };
  const format = isToday ? time : { ...time, day: "numeric" as const, month: "short" as const };
  return formatter(format).format(at);
}

/** A day as a heading: "Friday, 27 November". */
export function day(iso: string): string {
  return formatter({ weekday: "long", day: "numeric", month: "long" }).format(new Date(iso));
}

/** A moment in full, for a title. */
export function fullMoment(iso: string): string {
  return formatter({ dateStyle: "full", timeStyle: "medium" }).format(new Date(iso));
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Making one takes longer than using it a hundred times, and every row of a list needs some. */
export function formatter(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${i18n.locale} ${JSON.stringify(options)}`;
  const made = formatters.get(key) ?? new Intl.DateTimeFormat(i18n.locale, options);
  formatters.set(key, made);
  return made;
}
