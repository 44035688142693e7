/** When a snoozed conversation comes back. */
import { i18n } from "@lingui/core";

import type { Until } from "@/realtime/verbs";
import { moment } from "@/ui/time";

export interface SnoozeChoice {
  readonly label: string;
  /** The exact moment, for people; none when the customer decides. */
  readonly when: string | undefined;
  readonly until: Until;
}

const HOUR_MS = 3_600_000;
const MORNING = 9;

/** What people mostly want, from `now` on, in the time zone of the browser. */
export function snoozeChoices(now: Date): SnoozeChoice[] {
  const at = (label: string, date: Date): SnoozeChoice => ({
    label,
    when: moment(date.toISOString()),
    until: { until: date.toISOString() },
  });
  return [
    at(i18n._("1 hour"), new Date(now.getTime() + HOUR_MS)),
    at(i18n._("3 hours"), new Date(now.getTime() + 3 * HOUR_MS)),
    at(i18n._("Tomorrow morning"), morningIn(now, 1)),
    at(i18n._("Next Monday"), morningIn(now, daysToMonday(now))),
    {
      label: i18n._("Until the customer replies"),
      when: undefined,
      until: { until_customer_replies: true },
    },
  ];
}

/** What a field for date and time says at first: tomorrow at nine, in local time. */
export function fieldValue(date: Date): string {
  const two = (value: number) => String(value).padStart(2, "0");
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

export function morningIn(now: Date, days: number): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, MORNING);
}

/** At least one: on a Monday it is the one after. */
function daysToMonday(now: Date): number {
  return (8 - now.getDay()) % 7 || 7;
}
