import { expect, test } from "vitest";

import { DEFAULT_KEYS, type ActionId } from "@/keyboard/actions";

import { conflicts, isReserved, recorded, withKeys, type Keymap } from "./keyConflicts";

const usual: Keymap = new Map(Object.entries(DEFAULT_KEYS) as [ActionId, string][]);

test("the usual keys have no conflict among themselves", () => {
  const withSome = [...usual].filter(([, keys]) => keys !== "");
  for (const [id, keys] of withSome) expect(conflicts(usual, id, keys ?? "")).toEqual([]);
});

test("keys of another action are in the way", () => {
  expect(conflicts(usual, "note", "c")).toEqual([{ kind: "same", with: "claim" }]);
});

test("the first key of a sequence cannot be an action of its own", () => {
  expect(conflicts(usual, "note", "g").map((each) => each.with)).toEqual([
    "go-mine",
    "go-unclaimed",
    "go-all",
  ]);
});

test("a sequence cannot begin with another action's key", () => {
  expect(conflicts(usual, "note", "c n")).toEqual([{ kind: "starts", with: "claim" }]);
});

test("a key that only looks like the beginning is free", () => {
  expect(conflicts(new Map([["claim", "shift+c"]]), "note", "shift")).toEqual([]);
});

test("an action without keys is in nobody's way", () => {
  expect(conflicts(new Map([["claim", null]]), "note", "c")).toEqual([]);
});

test("an action's own keys are no conflict", () => {
  expect(conflicts(usual, "claim", "c")).toEqual([]);
});

test("what is in the way loses its keys", () => {
  expect(withKeys({}, "note", "c", [{ kind: "same", with: "claim" }])).toEqual({ note: "c", claim: false });
});

test("the usual keys are not stored", () => {
  expect(withKeys({ claim: "y", note: "i" }, "claim", "c", [])).toEqual({ note: "i" });
});

test("no keys at all is stored as off", () => {
  expect(withKeys({}, "claim", null, [])).toEqual({ claim: false });
});

test("an action that usually has none is stored only when it gets some", () => {
  expect(withKeys({ why: "w" }, "why", null, [])).toEqual({});
  expect(withKeys({}, "why", "w", [])).toEqual({ why: "w" });
});

test("keys that the browser takes are reserved", () => {
  expect(isReserved("mod+w")).toBe(true);
  expect(isReserved("w")).toBe(false);
});

test("two single keys make a sequence, a third begins anew", () => {
  expect(recorded(null, "g")).toBe("g");
  expect(recorded("g", "m")).toBe("g m");
  expect(recorded("g m", "x")).toBe("x");
});

test("a key with Ctrl is never part of a sequence", () => {
  expect(recorded("g", "mod+m")).toBe("mod+m");
  expect(recorded("mod+m", "g")).toBe("g");
});
