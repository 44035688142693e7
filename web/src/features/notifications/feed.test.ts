import { i18n } from "@lingui/core";
import { beforeAll, expect, test } from "vitest";

import type { Notification } from "@/api/types";

import { withSeen } from "./feed";
import { sentence, titleText } from "./words";

beforeAll(() => i18n.loadAndActivate({ locale: "en", messages: {} }));

const AT = "2026-11-27T10:00:00.000Z";
const one = (id: string, seen_at: string | null = null) =>
  [id, { id, seen_at, text: id } as Notification] as const;
const known = new Map([one("ntf_1", "2026-11-27T09:00:00.000Z"), one("ntf_2"), one("ntf_3")]);

test("one that is seen is marked, the others are not", () => {
  const next = withSeen(known, { ids: ["ntf_2"] }, AT);
  expect([...next.values()].map(({ seen_at }) => seen_at)).toEqual(["2026-11-27T09:00:00.000Z", AT, null]);
});

test("all up to one are marked, what was told later stays unseen", () => {
  const next = withSeen(known, { upto: "ntf_2" }, AT);
  expect(next.get("ntf_2")?.seen_at).toBe(AT);
  expect(next.get("ntf_3")?.seen_at).toBeNull();
});

test("what was seen keeps its moment, and nothing new is the same object", () => {
  expect(withSeen(known, { upto: "ntf_1" }, AT)).toBe(known);
  expect(withSeen(known, { ids: ["ntf_9"] }, AT)).toBe(known);
});

test("the title counts, up to 99", () => {
  expect([0, 3, 100].map(titleText)).toEqual(["Dibs", "(3) Dibs", "(99+) Dibs"]);
});

test("moments in a sentence are written as people do", () => {
  const text = "Ana goes back to Unclaimed at 2026-11-27T10:00:00.000Z unless you keep it";
  expect(sentence({ text } as Notification)).not.toContain("T10:00");
});
