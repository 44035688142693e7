import { expect, test } from "vitest";

import { conversation, event, heldBy, kim, sam } from "@/realtime/testing";

import { withEvents, type Expiring } from "./expiring";

const at = "2026-11-27T11:00:00.000Z";
const none: Expiring = new Map();
const warning = event(1, "conversation.stale", { conversation: heldBy(sam), releases_at: at }, null);
const warned = withEvents(none, [warning], sam.id);

test("a warning about one's own claim is kept, with its moment", () => {
  expect([...warned]).toEqual([["conv_1", { name: "Ana Ruiz", releasesAt: at }]]);
});

test("the flag alone, or the claim of another, is no warning", () => {
  expect(
    withEvents(none, [event(1, "conversation.stale", { conversation: heldBy(sam) }, null)], sam.id),
  ).toBe(none);
  expect(withEvents(none, [warning], kim.id)).toBe(none);
});

test("activity and a change of owner end it, other events do not", () => {
  const cleared = event(2, "conversation.stale_cleared", { conversation: heldBy(sam) });
  const released = event(2, "conversation.released", { conversation: conversation() }, null);
  const updated = event(2, "conversation.updated", { conversation: heldBy(sam) });
  expect(withEvents(warned, [cleared], sam.id).size).toBe(0);
  expect(withEvents(warned, [released], sam.id).size).toBe(0);
  expect(withEvents(warned, [updated], sam.id)).toBe(warned);
});
