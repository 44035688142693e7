import { expect, test } from "vitest";

import type { Load } from "./boardQuery";
import { fullness, inOrder } from "./load";

const load = (name: string, held: number, limit = 20): Load => ({
  agent: { id: name, name },
  availability: "available",
  held,
  limit,
  snoozed: 0,
  stale: 0,
  waiting: 0,
  last_active_at: null,
});

test.each([
  [0, 20, "free"],
  [15, 20, "free"],
  [16, 20, "busy"],
  [20, 20, "full"],
  [23, 20, "full"],
  [0, 1, "free"],
])("%d of %d is %s", (held, limit, found) => {
  expect(fullness({ held, limit })).toBe(found);
});

test("the fullest comes first, whatever the limits are", () => {
  const found = inOrder([load("Ana", 10), load("Sam", 4, 5), load("Kim", 10)], "load", "en");
  expect(found.map(({ agent }) => agent.name)).toEqual(["Sam", "Ana", "Kim"]);
});

test("by name nothing moves when the load does", () => {
  const found = inOrder([load("Sam", 1), load("Ana", 0)], "name", "en");
  expect(found.map(({ agent }) => agent.name)).toEqual(["Ana", "Sam"]);
});
