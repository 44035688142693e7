import { expect, test } from "vitest";

import { largestKind, stacked } from "./stacks";

const row = (parts: Record<string, number>) => ({ id: "agt_1", name: "Ana", parts });

test("parts stand one after the other in the given order", () => {
  expect(stacked(row({ bulk: 2, ui: 3 }), ["ui", "bulk"], false)).toEqual([
    { id: "ui", count: 3, from: 0, to: 3 },
    { id: "bulk", count: 2, from: 3, to: 5 },
  ]);
});

test("shares of a row add up to one", () => {
  const parts = stacked(row({ resolved: 3, released: 1 }), ["resolved", "released"], true);
  expect(parts.map(({ to }) => to)).toEqual([0.75, 1]);
});

test("empty parts and empty rows draw nothing", () => {
  expect(stacked(row({ ui: 0 }), ["ui", "bulk"], false)).toEqual([]);
  expect(stacked(row({}), ["ui"], true)).toEqual([]);
});

test("the largest kind is found over all rows", () => {
  expect(largestKind([row({ ui: 3, bulk: 5 }), row({ ui: 4 })])).toEqual({ id: "ui", count: 7 });
  expect(largestKind([row({ ui: 0 })])).toBeUndefined();
});
