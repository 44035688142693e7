/** The live store: events go in, at most once per animation frame the screen is told. */
import { onCursor } from "@/api/client";
import type { Conversation } from "@/api/types";

import { applyEvent, batch, withConversations, withPresence } from "./applyEvent";
import { withTyping } from "./typing";
import type { LiveEvent, LiveFrame } from "./frames";
import { nothingKnown, type LiveState } from "./state";

/** What a flush did: the events in it and the states around them. */
export interface Flush {
  readonly events: readonly LiveEvent[];
  readonly before: LiveState;
  readonly after: LiveState;
}

/** Frames of a hidden tab come rarely or never: then this is the pace. */
const HIDDEN_PACE_MS = 250;
/** What a frame may spend on events: a long absence comes back as hundreds of them at once. */
const FRAME_MS = 8;

let state: LiveState = nothingKnown;
let queue: LiveFrame[] = [];
let isScheduled = false;
const listeners = new Set<() => void>();
const flushListeners = new Set<(flush: Flush) => void>();

export function getState(): LiveState {
  return state;
}

/** Calls back after every change of the state. Returns how to stop. */
export function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Calls back after every flush that contained events. Returns how to stop. */
export function onFlush(listener: (flush: Flush) => void): () => void {
  flushListeners.add(listener);
  return () => flushListeners.delete(listener);
}

/** Changes the state at once: for what we did ourselves and what we read. */
export function update(change: (state: LiveState) => LiveState): void {
  const next = change(state);
  if (next === state) return;
  state = next;
  for (const listener of listeners) listener();
}

/** Takes in conversations that an answer showed; older versions than the known ones change nothing. */
export function put(...conversations: readonly Conversation[]): void {
  update((before) => withConversations(before, conversations));
}

/** Takes in frames of the socket; they are applied together at the next animation frame. */
export function receive(frames: readonly LiveFrame[]): void {
  queue.push(...frames);
  schedule();
}

/** Applies what was received, as much of it as fits into the time. The rest comes with the next frame, in order. */
export function flush(budgetMs = Infinity): void {
  isScheduled = false;
  const frames = queue;
  queue = [];
  const before = state;
  const events: LiveEvent[] = [];
  const end = performance.now() + budgetMs;
  let next = state;
  let done = 0;
  batch(() => {
    while (done < frames.length && (done === 0 || performance.now() < end)) {
      const frame = frames[done++];
      if (frame !== undefined) next = taken(next, frame, events);
    }
  });
  if (done < frames.length) {
    queue = frames.slice(done);
    schedule();
  }
  update(() => next);
  if (events.length === 0) return;
  for (const listener of flushListeners) listener({ events, before, after: state });
}

function schedule(): void {
  if (isScheduled) return;
  isScheduled = true;
  if (document.hidden) setTimeout(() => flush(), HIDDEN_PACE_MS);
  else requestAnimationFrame(() => flush(FRAME_MS));
}

/** Forgets everything: somebody else signs in. */
export function forget(): void {
  queue = [];
  update(() => nothingKnown);
}

function taken(current: LiveState, frame: LiveFrame, events: LiveEvent[]): LiveState {
  switch (frame.type) {
    case "event":
      events.push(frame);
      return applyEvent(current, frame);
    case "presence":
      return withPresence(current, frame);
    case "typing":
      return withTyping(current, frame, Date.now());
    case "reset":
      return {
        ...nothingKnown,
        connection: current.connection,
        pending: current.pending,
        stamps: {
          agents: current.stamps.agents + 1,
          settings: current.stamps.settings + 1,
          everything: current.stamps.everything + 1,
        },
      };
    case "ping":
      return current;
  }
}

// The first list that is read says from where to resume; later ones know more than the events told so far.
onCursor((cursor) => {
  update((before) => (before.cursor === null ? { ...before, cursor } : before));
});
