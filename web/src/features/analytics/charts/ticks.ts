const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEPS = [
  ...[1, 2, 5, 10, 15, 30],
  ...[1, 2, 5, 10, 15, 30].map((each) => each * MINUTE),
  ...[1, 2, 3, 6, 12].map((each) => each * HOUR),
  ...[1, 2, 7, 14, 30].map((each) => each * DAY),
];

/** Round durations from 0 to beyond `most` seconds, at most `count` steps of them. */
export function durationTicks(most: number, count: number): number[] {
  const wanted = Math.max(most, 1) / Math.max(count, 1);
  const last = STEPS.at(-1) ?? DAY;
  const step = STEPS.find((each) => each >= wanted) ?? Math.ceil(wanted / last) * last;
  return steps(most, step);
}

/** Round counts from 0 to beyond `most`. */
export function countTicks(most: number, count: number): number[] {
  const wanted = Math.max(most, 1) / Math.max(count, 1);
  const scale = 10 ** Math.floor(Math.log10(wanted));
  const step = [1, 2, 5, 10].map((each) => each * scale).find((each) => each >= wanted) ?? 10 * scale;
  return steps(most, Math.max(1, Math.round(step)));
}

function steps(most: number, step: number): number[] {
  return Array.from({ length: Math.max(1, Math.ceil(most / step)) + 1 }, (_, index) => index * step);
}
