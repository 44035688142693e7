import { expect, test } from "vitest";

import { changes, valueText } from "./diff";

const ana = { id: "agt_1", name: "Ana" };
const sam = { id: "agt_2", name: "Sam" };
const kinds = (before: Record<string, unknown> | null, after: Record<string, unknown> | null) =>
  changes(before, after).map(({ path, kind }) => `${path} ${kind}`);

test("what both documents have is changed or the same", () => {
  expect(kinds({ status: "open", epoch: 3 }, { status: "resolved", epoch: 3 })).toEqual([
    "status changed",
    "epoch same",
  ]);
});

test("what only one has was added or removed", () => {
  expect(kinds({ assignee: null }, { epoch: 1 })).toEqual(["assignee removed", "epoch added"]);
});

test("without a document before, everything was added", () => {
  expect(kinds(null, { name: "Billing" })).toEqual(["name added"]);
  expect(kinds({ name: "Billing" }, null)).toEqual(["name removed"]);
  expect(kinds(null, null)).toEqual([]);
});

test("a person is one value, not two fields", () => {
  expect(changes({ assignee: ana }, { assignee: sam })).toEqual([
    { path: "assignee", kind: "changed", before: ana, after: sam },
  ]);
  expect(kinds({ assignee: ana }, { assignee: { ...ana } })).toEqual(["assignee same"]);
  expect(kinds({ assignee: ana }, { assignee: null })).toEqual(["assignee changed"]);
});

test("objects are looked into, by path", () => {
  const before = { escalation: { on_request: true, words: { list: ["a"] } } };
  const after = { escalation: { on_request: false, words: { list: ["a"] } } };
  expect(kinds(before, after)).toEqual(["escalation.on_request changed", "escalation.words.list same"]);
});

test("lists are the same only in the same order", () => {
  expect(kinds({ tags: ["a", "b"] }, { tags: ["b", "a"] })).toEqual(["tags changed"]);
  expect(kinds({ tags: [{ x: 1 }] }, { tags: [{ x: 1 }] })).toEqual(["tags same"]);
  expect(kinds({ tags: [{ x: 1 }] }, { tags: [{ x: 1, y: 2 }] })).toEqual(["tags changed"]);
  expect(kinds({ tags: [] }, { tags: {} })).toEqual(["tags changed"]);
});

test("null, an empty list and nothing differ", () => {
  expect(kinds({ note: null }, { note: [] })).toEqual(["note changed"]);
  expect(kinds({ note: null }, {})).toEqual(["note removed"]);
});

test.each([
  [null, null],
  [[], null],
  [false, "false"],
  [0, "0"],
  ["", ""],
  [ana, "Ana"],
  [{ id: "agt_3", name: null }, "agt_3"],
  [["a", ana, null], "a, Ana, null"],
  [{ start: "09:00" }, '{"start":"09:00"}'],
])("%o reads %o", (value, text) => {
  expect(valueText(value)).toBe(text);
});
