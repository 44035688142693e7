import { i18n } from "@lingui/core";

import { isDay } from "./search";

/** Two days, both included. */
export interface Range {
  readonly from: string;
  readonly to: string;
}

/** What is wrong with two typed days, by field, in sentences that say what to do. */
export function rangeErrors({ from, to }: Range, latest: string): Partial<Range> {
  if (!isDay(from)) return { from: i18n._("Enter the first day.") };
  if (!isDay(to)) return { to: i18n._("Enter the last day.") };
  if (from > latest) return { from: i18n._("Choose a day that has begun.") };
  if (to > latest) return { to: i18n._("Choose a day that has begun.") };
  if (from > to) return { to: i18n._("Choose the first day or a later one.") };
  return {};
}
