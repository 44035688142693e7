import { expect, test } from "vitest";

import {
  endFromField,
  endToField,
  nextStretch,
  onWeekdays,
  troubles,
  weekMinutes,
  withDay,
  type Opening,
} from "./openings";

const nine: Opening = { day: "mon", start: "09:00", end: "17:00" };

test("no hours at all have no trouble and no minutes", () => {
  expect(troubles([]).size).toBe(0);
  expect(weekMinutes([])).toBe(0);
});

test("a stretch that ends before it begins is in trouble", () => {
  expect(troubles([{ ...nine, end: "08:00" }]).get(0)).toBe("order");
});

test("a stretch without length is in trouble", () => {
  expect(troubles([{ ...nine, end: "09:00" }]).get(0)).toBe("order");
});

test("a stretch whose time was cleared is incomplete", () => {
  expect(troubles([{ ...nine, start: "" }]).get(0)).toBe("incomplete");
});

test("the later one of two that overlap is in trouble", () => {
  expect([...troubles([nine, { ...nine, start: "16:00", end: "18:00" }])]).toEqual([[1, "overlap"]]);
});

test("two that touch do not overlap", () => {
  expect(troubles([nine, { ...nine, start: "17:00", end: "18:00" }]).size).toBe(0);
});

test("the same hours on another day do not overlap", () => {
  expect(troubles([nine, { ...nine, day: "tue" }]).size).toBe(0);
});

test("midnight is the end of a day, not its beginning", () => {
  expect(endFromField("00:00")).toBe("24:00");
  expect(endToField("24:00")).toBe("00:00");
  expect(troubles([{ ...nine, end: "24:00" }]).size).toBe(0);
  expect(weekMinutes([{ ...nine, start: "00:00", end: "24:00" }])).toBe(1440);
});

test("what overlaps counts once", () => {
  expect(weekMinutes([nine, { ...nine, start: "16:00", end: "18:00" }])).toBe(9 * 60);
});

test("one more stretch begins after the last one and stays within the day", () => {
  expect(nextStretch([nine])).toEqual({ start: "18:00", end: "22:00" });
  expect(nextStretch([{ ...nine, end: "24:00" }])).toEqual({ start: "23:00", end: "24:00" });
});

test("a day's hours are copied to Monday to Friday and leave the weekend alone", () => {
  const saturday: Opening = { day: "sat", start: "10:00", end: "12:00" };
  const copied = onWeekdays([nine, { day: "tue", start: "01:00", end: "02:00" }, saturday], "mon");
  expect(copied.map((each) => `${each.day} ${each.start}`)).toEqual([
    "mon 09:00",
    "tue 09:00",
    "wed 09:00",
    "thu 09:00",
    "fri 09:00",
    "sat 10:00",
  ]);
});

test("replacing a day keeps the week in order", () => {
  const sunday: Opening = { day: "sun", start: "10:00", end: "12:00" };
  expect(withDay([sunday], "mon", [nine]).map((each) => each.day)).toEqual(["mon", "sun"]);
});
