import { describe, expect, it } from "vitest";

import type { Conversation } from "@/api/types";

import { applyEvent, batch } from "./applyEvent";
import type { LiveEvent } from "./frames";
import { nothingKnown, type LiveState } from "./state";

const event = (cursor: number, version: number): LiveEvent =>
  ({
    type: "event",
    cursor,
    kind: "conversation.updated",
    at: "2026-11-27T10:00:00.000Z",
    actor: { type: "system", id: null, name: "Dibs", via: "rule" },
    conversation: { id: `conv_${String(cursor % 3)}`, version } as Conversation,
  }) as LiveEvent;

const events = Array.from({ length: 20 }, (_, n) => event(n + 1, n + 1));

describe("many events in one batch", () => {
  it("lead to the same state as one after the other", () => {
    const alone = events.reduce(applyEvent, nothingKnown);
    const together = batch(() => events.reduce(applyEvent, nothingKnown));
    expect([...together.conversations]).toEqual([...alone.conversations]);
    expect(together.cursor).toBe(alone.cursor);
  });

  it("leave the state before as it was", () => {
    const before = events.slice(0, 5).reduce(applyEvent, nothingKnown);
    const copy = new Map(before.conversations);
    batch(() => events.reduce<LiveState>(applyEvent, before));
    expect([...before.conversations]).toEqual([...copy]);
  });

  it("an event after the batch copies again", () => {
    const after = batch(() => events.slice(0, 5).reduce(applyEvent, nothingKnown));
    const later = applyEvent(after, event(30, 30));
    expect(later.conversations).not.toBe(after.conversations);
    expect(after.conversations.get("conv_0")?.version).not.toBe(30);
  });
});
