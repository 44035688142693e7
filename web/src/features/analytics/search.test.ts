import { expect, test } from "vitest";

import { isCount, isDay, validateAnalyticsSearch } from "./search";

test("an empty address is seven days of elapsed time, compared", () => {
  expect(validateAnalyticsSearch({})).toEqual({});
});

test("a whole address is understood", () => {
  const search = {
    from: "2026-11-01",
    to: "2026-11-01",
    time: "business",
    compare: false,
    sort: "-hold",
    metric: "outcomes",
    agent: "agt_1",
    outcome: "stale",
  };
  expect(validateAnalyticsSearch(search)).toEqual(search);
});

test.each([
  { window: "90d" },
  { from: "2026-11-01" },
  { to: "2026-11-01" },
  { from: "2026-11-02", to: "2026-11-01" },
  { from: "2026-02-30", to: "2026-03-01" },
  { from: 20261101, to: 20261102 },
  { time: "lunar" },
  { compare: "no" },
  { sort: "-shoe_size" },
  { metric: "charm" },
  { agent: "agt_1" },
  { metric: ["claimed"] },
])("%o is left out", (raw) => {
  expect(validateAnalyticsSearch(raw)).toEqual({});
});

test("an outcome without the list of outcomes is left out", () => {
  expect(validateAnalyticsSearch({ metric: "hold", outcome: "stale" })).toEqual({ metric: "hold" });
});

test.each(["contention", "held_sends", "duplicate_replies", "bot_leakage"] as const)(
  "the moments behind %s are a list as well",
  (metric) => {
    expect(validateAnalyticsSearch({ metric, agent: "agt_1" })).toEqual({ metric, agent: "agt_1" });
    expect(isCount(metric)).toBe(true);
    expect(isCount("hold")).toBe(false);
  },
);

test("days are days of the calendar", () => {
  expect(isDay("2024-02-29")).toBe(true);
  expect(isDay("2026-02-29")).toBe(false);
  expect(isDay("2026-2-9")).toBe(false);
  expect(isDay("")).toBe(false);
});
