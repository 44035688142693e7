/** Numbers as people of the chosen language write them. Null was not measured: "–", never 0. */
import { i18n } from "@lingui/core";

export const NOTHING = "–";
const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A number with at most one digit after the point. */
export function number(value: number | null, options: Intl.NumberFormatOptions = {}): string {
  if (value === null) return NOTHING;
  return new Intl.NumberFormat(i18n.locale, { maximumFractionDigits: 1, ...options }).format(value);
}

/** A part of a whole in percent; "–" of nothing. */
export function percent(part: number, whole: number): string {
  if (whole === 0) return NOTHING;
  return number(part / whole, { style: "percent", maximumFractionDigits: 0 });
}

/** A count that the server stopped at its limit: "1,000+". */
export function capped({ count, capped: isCapped }: { count: number; capped: boolean }): string {
  return isCapped ? `${number(count)}+` : number(count);
}

/** Seconds in the two largest units that fit: "4 min 12 s", "3 h 5 min", "2 d 4 h". Never broken over lines. */
export function duration(seconds: number | null): string {
  return seconds === null ? NOTHING : inUnits(seconds).replaceAll(" ", "\u00a0");
}

function inUnits(seconds: number): string {
  if (seconds > 0 && seconds < 1) return i18n._("< 1 s");
  const whole = Math.round(seconds);
  if (whole < MINUTE) return unit(whole, 1);
  if (whole < HOUR) return two(whole, MINUTE, 1);
  const minutes = Math.round(seconds / MINUTE) * MINUTE;
  return minutes < DAY ? two(minutes, HOUR, MINUTE) : two(Math.round(seconds / HOUR) * HOUR, DAY, HOUR);
}

function two(seconds: number, large: number, small: number): string {
  const first = unit(Math.floor(seconds / large), large);
  const rest = Math.floor((seconds % large) / small);
  return rest === 0 ? first : `${first} ${unit(rest, small)}`;
}

function unit(amount: number, seconds: number): string {
  const value = number(amount);
  if (seconds === DAY) return i18n._("{value} d", { value });
  if (seconds === HOUR) return i18n._("{value} h", { value });
  return seconds === MINUTE ? i18n._("{value} min", { value }) : i18n._("{value} s", { value });
}

const KILO = 1_000;
const SIZES = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;

/** The size of a file: "812 byte", "1.4 MB". Rounded down, so that a limit is never said to be more than it is. */
export function fileSize(bytes: number): string {
  const step = bytes < KILO ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), SIZES.length - 1);
  const digits = step < 2 ? 1 : 10;
  const unit = SIZES[step] ?? "byte";
  return number(Math.floor((bytes / KILO ** step) * digits) / digits, {
    style: "unit",
    unit,
    unitDisplay: "short",
  });
}
