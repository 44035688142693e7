import { expect, test } from "vitest";

import { countTicks, durationTicks } from "./ticks";

test("ticks of durations are round on the clock", () => {
  expect(durationTicks(950, 4)).toEqual([0, 300, 600, 900, 1_200]);
  expect(durationTicks(50, 5)).toEqual([0, 10, 20, 30, 40, 50]);
  expect(durationTicks(20_000, 4)).toEqual([0, 7_200, 14_400, 21_600]);
});

test("a year is measured in months of thirty days", () => {
  expect(durationTicks(365 * 86_400, 4)).toEqual([0, 120, 240, 360, 480].map((days) => days * 86_400));
});

test("nothing measured still has an axis", () => {
  expect(durationTicks(0, 4)).toEqual([0, 1]);
  expect(countTicks(0, 4)).toEqual([0, 1]);
});

test("ticks of counts are whole and reach beyond the largest", () => {
  expect(countTicks(143, 4)).toEqual([0, 50, 100, 150]);
  expect(countTicks(3, 5)).toEqual([0, 1, 2, 3]);
  expect(countTicks(1_012, 4)).toEqual([0, 500, 1_000, 1_500]);
});
