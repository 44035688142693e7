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

/** As the server writes them, with what stands there in another language. */
const WRITTEN: readonly [Notification["kind"], string, string][] = [
  ["customer_reply", "Ana Ruiz: Any news: today?", "Ana Ruiz: Any news: today?"],
  ["customer_reply", "The customer: Hello", "A customer*: Hello"],
  ["unclaimed_waiting", "Ana is waiting: Hello\nagain", "Ana is waiting*: Hello\nagain"],
  ["unclaimed_waiting", "A conversation is unclaimed again", "A conversation* is unclaimed again*"],
  ["reassigned", "Sam gave you Ana Ruiz", "Sam gave you* Ana Ruiz"],
  ["takeover_requested", "Sam asks to take over a conversation", "Sam asks to take over* A conversation*"],
  ["takeover_answered", "Your take-over request was lapsed", "Lapsed*"],
  ["claim_stale", "Ana, held by Kim, is stale", "Ana, held by* Kim"],
  ["released", "Ana was taken from you: stale", "Ana stale*"],
  ["released", "Ana was taken from you: Lunch", "Ana taken*: Lunch"],
  ["mention", "Sam mentioned you", "Sam mentioned* you"],
  ["mention", "anything else", "Sam mentioned* you"],
  ["released", "something that is written otherwise", "something that is written otherwise"],
];

test.each(WRITTEN)("a %s that says %j is told in the person's language", (kind, text, told) => {
  const notification = { kind, text, actor: { name: "Sam" } } as Notification;
  expect(sentence(notification)).toBe(text);
  i18n.loadAndActivate({
    locale: "es",
    messages: {
      "A customer": "A customer*",
      "A conversation": "A conversation*",
      "{name} is waiting: {text}": [["name"], " is waiting*: ", ["text"]],
      "{name} is unclaimed again": [["name"], " is unclaimed again*"],
      "{who} gave you {name}": [["who"], " gave you* ", ["name"]],
      "{who} asks to take over {name}": [["who"], " asks to take over* ", ["name"]],
      "Your take-over request has lapsed": "Lapsed*",
      "{name}, held by {owner}, is stale": [["name"], ", held by* ", ["owner"]],
      "{name} was taken from you: it was stale": [["name"], " stale*"],
      "{name} was taken from you: {why}": [["name"], " taken*: ", ["why"]],
      "{who} mentioned you": [["who"], " mentioned* you"],
    },
  });
  expect(sentence(notification)).toBe(told);
  i18n.loadAndActivate({ locale: "en", messages: {} });
});
