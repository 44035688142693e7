import { i18n } from "@lingui/core";
import { beforeAll, expect, test } from "vitest";

import { fieldValue, snoozeChoices } from "./snoozing";

beforeAll(() => i18n.loadAndActivate({ locale: "en", messages: {} }));

const dates = (now: Date) =>
  snoozeChoices(now).map(({ until }) => ("until" in until ? new Date(until.until) : null));

test("one hour, three hours, tomorrow at nine, Monday at nine, or when the customer writes", () => {
  const now = new Date(2026, 10, 27, 16, 30);
  expect(dates(now)).toEqual([
    new Date(2026, 10, 27, 17, 30),
    new Date(2026, 10, 27, 19, 30),
    new Date(2026, 10, 28, 9),
    new Date(2026, 10, 30, 9),
    null,
  ]);
});

test("on a Monday, next Monday is the one after, and on a Sunday it is tomorrow", () => {
  expect(dates(new Date(2026, 10, 30, 8))[3]).toEqual(new Date(2026, 11, 7, 9));
  expect(dates(new Date(2026, 10, 29, 23))[3]).toEqual(new Date(2026, 10, 30, 9));
});

test("the turn of the year is no obstacle", () => {
  expect(dates(new Date(2026, 11, 31, 12))[2]).toEqual(new Date(2027, 0, 1, 9));
});

test("every moment lies ahead, also just before midnight", () => {
  const now = new Date(2026, 10, 27, 23, 59, 59);
  for (const date of dates(now)) expect(date === null || date > now).toBe(true);
});

test("the field shows local time", () => {
  expect(fieldValue(new Date(2026, 0, 5, 9, 4))).toBe("2026-01-05T09:04");
});
