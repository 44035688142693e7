import { expect, test } from "vitest";

import { askedPeriod, daysEarlier, periodBefore, today } from "./periods";

const answered = (from: string, to: string, time_zone = "UTC") => ({ from, to, time_zone });

test("seven days are asked for when the address says nothing", () => {
  expect(askedPeriod({})).toEqual({ window: "7d" });
  expect(askedPeriod({ window: "30d" })).toEqual({ window: "30d" });
});

test("days in the address are asked for as they are", () => {
  expect(askedPeriod({ from: "2026-11-01", to: "2026-11-03" })).toEqual({
    from: "2026-11-01",
    to: "2026-11-03",
  });
});

test("before three days come the three days before", () => {
  const asked = { from: "2026-03-01", to: "2026-03-03" };
  const found = periodBefore(asked, answered("2026-03-01T00:00:00Z", "2026-03-04T00:00:00Z"));
  expect(found).toEqual({ from: "2026-02-26", to: "2026-02-28" });
});

test("before a single day comes the day before", () => {
  const asked = { from: "2026-01-01", to: "2026-01-01" };
  const found = periodBefore(asked, answered("2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"));
  expect(found).toEqual({ from: "2025-12-31", to: "2025-12-31" });
});

test("the seven days before end where the seven days begin", () => {
  const found = periodBefore(
    { window: "7d" },
    answered("2026-11-20T04:08:55.094Z", "2026-11-27T04:08:55.094Z"),
  );
  expect(found).toEqual({ from: "2026-11-13T04:08:55.094Z", to: "2026-11-20T04:08:55.094Z" });
});

test("a week in which the clocks went forward is an hour shorter", () => {
  // Madrid changed on 29 March 2026 at 01:00 UTC.
  expect(daysEarlier("2026-04-01T10:00:00.000Z", 7, "Europe/Madrid")).toBe("2026-03-25T11:00:00.000Z");
});

test("a week in which the clocks went back is an hour longer", () => {
  expect(daysEarlier("2026-10-28T11:00:00.000Z", 7, "Europe/Madrid")).toBe("2026-10-21T10:00:00.000Z");
});

test("today is the workspace's day", () => {
  const now = Date.parse("2026-11-27T23:30:00Z");
  expect(today("UTC", now)).toBe("2026-11-27");
  expect(today("Asia/Tokyo", now)).toBe("2026-11-28");
  expect(today("America/Lima", now)).toBe("2026-11-27");
});
