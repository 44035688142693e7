import { expect, test } from "vitest";

import openapi from "@/api/openapi.json";
import type { Notification, TakeoverRequest } from "@/api/types";

import { applyEvent, withConversation, withPage, withPresence } from "./applyEvent";
import type { LiveEvent } from "./frames";
import { nothingKnown, type LiveState } from "./state";
import { conversation, customer, event, heldBy, kim, message, sam } from "./testing";

const anchored: LiveState = { ...nothingKnown, cursor: 10 };
const request: TakeoverRequest = {
  id: "tor_1",
  conversation_id: "conv_1",
  asker: kim,
  assignee: sam,
  state: "open",
  note: null,
  reason: null,
  expires_at: "2026-11-27T09:05:00.000Z",
  created_at: "2026-11-27T09:00:00.000Z",
};
const notification: Notification = {
  id: "ntf_1",
  kind: "mention",
  conversation_id: "conv_1",
  text: "Sam mentioned you",
  note: null,
  link: null,
  actor: { type: "agent", id: sam.id, name: sam.name, via: "ui" },
  seen_at: null,
  created_at: "2026-11-27T09:00:00.000Z",
};

/** Everything an event of any kind may carry: what a kind does not need is not looked at. */
const everything = {
  conversation: heldBy(sam, { version: 9 }),
  message: message("msg_1"),
  takeover_request: request,
  notification,
  observer: kim,
  agent: { ...sam, email: "sam@example.com" },
  contact: customer,
};
const kinds = Object.keys(openapi.components.schemas.LiveEvent.discriminator.mapping) as LiveEvent["kind"][];

test("every kind of event that the server knows changes the state", () => {
  expect(kinds.length).toBeGreaterThan(20);
  const before = withConversation(anchored, conversation());
  for (const kind of kinds) {
    const after = applyEvent(before, event(11, kind, everything));
    expect({ ...after, cursor: 10 }, kind).not.toEqual(before);
    expect(after.cursor, kind).toBe(11);
  }
});

test("a kind that this app does not know yet moves only the cursor", () => {
  const after = applyEvent(anchored, event(11, "conversation.teleported" as LiveEvent["kind"], everything));
  expect(after).toEqual({ ...anchored, cursor: 11 });
});

test("the state before stays as it was", () => {
  const before = frozen(
    withPage(withConversation(anchored, conversation()), "conv_1", [message("msg_0")], null),
  );
  const copy = structuredClone(before);
  for (const kind of kinds) applyEvent(before, event(11, kind, everything));
  expect(before).toEqual(copy);
});

test("what an event does not touch is the same object afterwards", () => {
  const before = withConversation(anchored, conversation({ id: "conv_2" }));
  const after = applyEvent(before, event(11, "conversation.claimed", { conversation: heldBy(sam) }));
  expect(after.threads).toBe(before.threads);
  expect(after.presence).toBe(before.presence);
  expect(after.conversations.get("conv_2")).toBe(before.conversations.get("conv_2"));
});

test("an event at or before the cursor has been applied already", () => {
  const claimed = event(11, "conversation.claimed", { conversation: heldBy(sam) });
  const once = applyEvent(anchored, claimed);
  expect(applyEvent(once, claimed)).toBe(once);
  const older = event(9, "conversation.released", { conversation: conversation({ version: 99 }) });
  expect(applyEvent(once, older)).toBe(once);
});

test("an older or equal version of a conversation never replaces a newer one", () => {
  const known = withConversation(anchored, heldBy(kim, { version: 5 }));
  const late = event(11, "conversation.claimed", { conversation: heldBy(sam, { version: 4 }) });
  expect(applyEvent(known, late).conversations.get("conv_1")?.assignee).toEqual(kim);
  const same = event(12, "conversation.claimed", { conversation: heldBy(sam, { version: 5 }) });
  expect(applyEvent(known, same).conversations.get("conv_1")?.assignee).toEqual(kim);
  const newer = event(13, "conversation.claimed", { conversation: heldBy(sam, { version: 6 }) });
  expect(applyEvent(known, newer).conversations.get("conv_1")?.assignee).toEqual(sam);
});

test("a message that is told again, or was read already, never doubles", () => {
  const open = withPage(anchored, "conv_1", [message("msg_1")], null);
  const told = { conversation: conversation(), message: message("msg_1", { delivery: "read" }) };
  const once = applyEvent(open, event(11, "message.created", told));
  const twice = applyEvent(once, event(12, "message.delivery", told));
  expect(twice.threads.get("conv_1")?.messages.map(({ id, delivery }) => [id, delivery])).toEqual([
    ["msg_1", "read"],
  ]);
});

test("messages stand in the order of their ids, whatever order they came in", () => {
  const open = withPage(anchored, "conv_1", [message("msg_2")], "older");
  const told = (id: string) => ({ conversation: conversation(), message: message(id) });
  const after = [
    event(11, "message.created", told("msg_4")),
    event(12, "message.created", told("msg_3")),
  ].reduce(applyEvent, open);
  const page = withPage(after, "conv_1", [message("msg_1"), message("msg_2")], null);
  expect(page.threads.get("conv_1")?.messages.map(({ id }) => id)).toEqual([
    "msg_1",
    "msg_2",
    "msg_3",
    "msg_4",
  ]);
});

test("a message of a thread that nobody opened is not kept, its conversation is", () => {
  const after = applyEvent(
    anchored,
    event(11, "message.created", { conversation: conversation(), message: message("msg_1") }),
  );
  expect(after.threads.size).toBe(0);
  expect(after.conversations.has("conv_1")).toBe(true);
});

test("a take-over request that was answered never opens again", () => {
  const answered = applyEvent(
    anchored,
    event(11, "takeover.answered", { takeover_request: { ...request, state: "declined" } }),
  );
  const late = applyEvent(answered, event(12, "takeover.requested", { takeover_request: request }));
  expect(late.takeovers.get("tor_1")?.state).toBe("declined");
});

test("a notification that was seen stays seen", () => {
  const seen = { ...notification, seen_at: "2026-11-27T09:01:00.000Z" };
  const known = applyEvent(anchored, event(11, "notification.created", { notification: seen }));
  const late = applyEvent(known, event(12, "notification.created", { notification }));
  expect(late.notifications.get("ntf_1")?.seen_at).toBe(seen.seen_at);
});

test("who left is no longer there, and an empty place is forgotten", () => {
  const frame = { type: "presence", conversation_id: "conv_1", agent: kim, state: "viewing" } as const;
  const there = withPresence(anchored, frame);
  expect(there.presence.get("conv_1")?.get(kim.id)?.state).toBe("viewing");
  expect(withPresence(there, { ...frame, state: "left" }).presence.size).toBe(0);
});

function frozen<T extends object>(value: T): T {
  for (const each of Object.values(value))
    if (typeof each === "object" && each !== null) frozen(each as object);
  return Object.freeze(value);
}
