/** Business hours as their editor has them. */
import type { WorkspaceSettings } from "@/api/types";

export type Opening = WorkspaceSettings["business_hours"]["openings"][number];
export type Day = Opening["day"];

export const DAYS: readonly Day[] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
/** The end of a day: it is later than every other time. */
export const MIDNIGHT = "24:00";
const USUAL: Omit<Opening, "day"> = { start: "09:00", end: "17:00" };

/** The hours that most teams begin with. */
export const OFFICE: Opening[] = DAYS.slice(0, 5).map((day) => ({ day, ...USUAL }));

/** What is wrong with a stretch: it ends before it begins, or it overlaps the one before. */
export type Trouble = "order" | "overlap" | "incomplete";

export function ofDay(openings: readonly Opening[], day: Day): Opening[] {
  return openings.filter((opening) => opening.day === day);
}

/** All stretches with those of one day replaced, in the order of the week. */
export function withDay(
  openings: readonly Opening[],
  day: Day,
  stretches: readonly Omit<Opening, "day">[],
): Opening[] {
  return DAYS.flatMap((each) =>
    each === day ? stretches.map((stretch) => ({ ...stretch, day })) : ofDay(openings, each),
  );
}

/** The stretch to begin with when one more is added: after the last one of that day. */
export function nextStretch(stretches: readonly Opening[]): Omit<Opening, "day"> {
  const last = stretches
    .map((stretch) => stretch.end)
    .toSorted()
    .at(-1);
  if (last === undefined) return USUAL;
  const start = minutes(last) + 60;
  const end = start + 240;
  return { start: clock(Math.min(start, 23 * 60)), end: clock(Math.min(end, 24 * 60)) };
}

/** The same hours on every weekday as on `day`. */
export function onWeekdays(openings: readonly Opening[], day: Day): Opening[] {
  const model = ofDay(openings, day);
  return DAYS.slice(0, 5).reduce<Opening[]>((all, each) => withDay(all, each, model), [...openings]);
}

/** What is wrong with each stretch, by its index. */
export function troubles(openings: readonly Opening[]): ReadonlyMap<number, Trouble> {
  const found = new Map<number, Trouble>();
  openings.forEach((opening, index) => {
    if (opening.start === "" || opening.end === "") found.set(index, "incomplete");
    else if (opening.start >= opening.end) found.set(index, "order");
    else if (openings.some((other, at) => at < index && overlaps(other, opening)))
      found.set(index, "overlap");
  });
  return found;
}

/** Business minutes in a week; what overlaps counts once. */
export function weekMinutes(openings: readonly Opening[]): number {
  return DAYS.reduce((sum, day) => {
    let until = 0;
    let total = 0;
    for (const { start, end } of ofDay(openings, day).toSorted((a, b) => (a.start < b.start ? -1 : 1))) {
      const from = Math.max(minutes(start), until);
      if (minutes(end) > from) total += minutes(end) - from;
      until = Math.max(until, minutes(end));
    }
    return sum + total;
  }, 0);
}

/** A time field cannot say 24:00: at the end of a stretch 00:00 means that. */
export function endFromField(value: string): string {
  return value === "00:00" ? MIDNIGHT : value;
}

export function endToField(value: string): string {
  return value === MIDNIGHT ? "00:00" : value;
}

function overlaps(a: Opening, b: Opening): boolean {
  return a.day === b.day && a.start < b.end && b.start < a.end;
}

function minutes(time: string): number {
  const [hours = 0, rest = 0] = time.split(":").map(Number);
  return hours * 60 + rest;
}

function clock(total: number): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${two(Math.floor(total / 60))}:${two(total % 60)}`;
}
