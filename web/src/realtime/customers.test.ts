import { expect, test } from "vitest";

import { applyEvent, withConversation, withPage } from "./applyEvent";
import { nothingKnown, type LiveState } from "./state";
import { conversation, customer, event, message } from "./testing";
import { withTyping } from "./typing";

const anchored: LiveState = { ...nothingKnown, cursor: 10 };

test("a customer's new name stands on every conversation of theirs, and on no other", () => {
  const before = [
    conversation(),
    conversation({ id: "conv_2", contact: { id: "ctc_old", name: "A. Ruiz" } }),
    conversation({ id: "conv_3", contact: { id: "ctc_3", name: "Ben" } }),
  ].reduce(withConversation, anchored);
  const { conversations } = applyEvent(
    before,
    event(11, "contact.updated", { contact: customer, merged: "ctc_old" }),
  );
  const shown = [...conversations.values()].map((each) => [each.contact.id, each.contact.name]);
  expect(shown).toEqual([
    ["ctc_1", "Ana María Ruiz"],
    ["ctc_1", "Ana María Ruiz"],
    ["ctc_3", "Ben"],
  ]);
});

test("what an erased customer wrote is not kept, and everything is read again", () => {
  const before = withPage(withConversation(anchored, conversation()), "conv_1", [message("msg_1")], null);
  const erased = { ...customer, name: null, erased_at: "2026-11-27T10:00:00.000Z" };
  const after = applyEvent(before, event(11, "contact.updated", { contact: erased }));
  expect(JSON.stringify([...after.threads, ...after.conversations])).not.toContain("msg_1");
  expect(after.stamps.everything).toBe(before.stamps.everything + 1);
});

test("a customer who writes has stopped once the message is here", () => {
  const writing = withTyping(
    withConversation(anchored, conversation()),
    { type: "typing", conversation_id: "conv_1" },
    5,
  );
  expect(writing.typing.get("conv_1")).toBeGreaterThan(5);
  const told = { conversation: conversation({ version: 2 }), message: message("msg_1") };
  expect(applyEvent(writing, event(11, "message.created", told)).typing.size).toBe(0);
  const ours = { ...told, message: message("msg_1", { kind: "reply" }) };
  expect(applyEvent(writing, event(11, "message.created", ours)).typing.size).toBe(1);
});

test("a message that a channel brought late stands where it was written", () => {
  const at = (time: string, seq: number) => ({ created_at: `2026-11-27T${time}.000Z`, seq });
  const before = withPage(
    anchored,
    "conv_1",
    [message("msg_9", at("10:00:00", 1)), message("msg_1", at("10:05:00", 2))],
    null,
  );
  const late = { conversation: conversation(), message: message("msg_5", at("10:01:00", 3)) };
  const after = applyEvent(before, event(11, "message.created", late));
  expect(after.threads.get("conv_1")?.messages.map(({ id }) => id)).toEqual(["msg_9", "msg_5", "msg_1"]);
});
