import { expect, test } from "vitest";

import { asked, isBackwards, validateAuditSearch } from "./search";

test("a whole address is understood, blanks around ids are not part of them", () => {
  expect(
    validateAuditSearch({
      conversation: " conv_1 ",
      actor: "agt_1",
      action: "conversation.*",
      since: "2026-11-01",
    }),
  ).toEqual({ conversation: "conv_1", actor: "agt_1", action: "conversation.*", since: "2026-11-01" });
});

test.each([
  { conversation: "" },
  { conversation: "x".repeat(101) },
  { actor: 7 },
  { action: "Conversation Claimed" },
  { action: "*" },
  { since: "yesterday" },
  { until: "2026-02-30" },
  { until: "0001-01-01" },
  { cursor: "abc" },
])("%o is left out", (raw) => {
  expect(validateAuditSearch(raw)).toEqual({});
});

test("the last day is asked for as a whole", () => {
  const { since, until } = asked({ since: "2026-11-27", until: "2026-11-27" });
  expect(new Date(since ?? "").getTime()).toBe(new Date(2026, 10, 27).getTime());
  expect(new Date(until ?? "").getTime()).toBe(new Date(2026, 10, 28).getTime());
});

test("filters that are not set are not asked for", () => {
  expect(asked({})).toEqual({});
  expect(asked({ actor: "agt_1" })).toEqual({ actor: "agt_1" });
});

test("days the wrong way round are noticed", () => {
  expect(isBackwards({ since: "2026-11-02", until: "2026-11-01" })).toBe(true);
  expect(isBackwards({ since: "2026-11-01", until: "2026-11-01" })).toBe(false);
  expect(isBackwards({ until: "2026-11-01" })).toBe(false);
});
