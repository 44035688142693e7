import { describe, expect, test } from "vitest";

import type { Conversation, Message, Notification, TakeoverRequest } from "@/api/types";

import { applyEvent, withConversation, withPage } from "./applyEvent";
import type { LiveEvent } from "./frames";
import day from "./fixtures/day.json";
import { nothingKnown, type LiveState } from "./state";

/** What the server shows when it is asked; its tests write the file. */
interface Shown {
  conversations: Conversation[];
  messages: Record<string, Message[]>;
  takeovers: TakeoverRequest[];
  notifications: Notification[];
}

interface Step {
  name: string;
  before: Shown;
  events: LiveEvent[];
  after: Shown;
}

const steps = day as unknown as Step[];

/** The state of a client that has just read all this; what comes into being later is an open thread, too. */
function read(shown: Shown, threads: readonly string[]): LiveState {
  let state: LiveState = {
    ...nothingKnown,
    takeovers: new Map(shown.takeovers.map((each) => [each.id, each])),
    notifications: new Map(shown.notifications.map((each) => [each.id, each])),
  };
  for (const conversation of shown.conversations) state = withConversation(state, conversation);
  for (const id of threads) state = withPage(state, id, shown.messages[id] ?? [], null);
  return state;
}

function shownBy(state: LiveState): Shown {
  const sorted = <T extends { id: string }>(values: Iterable<T>) =>
    [...values].sort((a, b) => (a.id < b.id ? -1 : 1));
  return {
    conversations: sorted(state.conversations.values()),
    messages: Object.fromEntries([...state.threads].map(([id, { messages }]) => [id, [...messages]])),
    takeovers: sorted(state.takeovers.values()),
    notifications: sorted(state.notifications.values()),
  };
}

describe("state before + events = state after, for every step of a day on a real server", () => {
  test("the day has steps, and every one has events", () => {
    expect(steps.length).toBeGreaterThan(30);
    expect(steps.filter(({ events }) => events.length === 0)).toEqual([]);
  });

  test.each(steps)("$name", ({ before, events, after }) => {
    const threads = Object.keys(after.messages);
    const state = events.reduce(applyEvent, read(before, threads));
    expect(shownBy(state)).toEqual(shownBy(read(after, threads)));
  });

  test.each(steps)("$name, told twice and out of date", ({ before, events, after }) => {
    const threads = Object.keys(after.messages);
    const once = events.reduce(applyEvent, read(before, threads));
    const again = events.reduce(applyEvent, once);
    expect(again).toBe(once);
    // An answer that was on its way while the events came is older than they are.
    const late = before.conversations.reduce(withConversation, once);
    expect(shownBy(late)).toEqual(shownBy(once));
    expect(after.conversations.length).toBeLessThanOrEqual(late.conversations.size);
  });

  test("a store that forgets one kind of event would be caught", () => {
    const careless = (state: LiveState, event: LiveEvent) =>
      event.kind === "conversation.released" ? state : applyEvent(state, event);
    const wrong = steps.filter(({ before, events, after }) => {
      const threads = Object.keys(after.messages);
      const state = events.reduce(careless, read(before, threads));
      return JSON.stringify(shownBy(state)) !== JSON.stringify(shownBy(read(after, threads)));
    });
    expect(wrong.length).toBeGreaterThan(0);
  });
});
