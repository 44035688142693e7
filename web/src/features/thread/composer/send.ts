/** Sending: at once in the thread, confirmed or given back by the server; the text is never lost and never sent twice. */
import { i18n } from "@lingui/core";

import { api, body, newKey } from "@/api/client";
import { Problem, Unreachable } from "@/api/problem";
import type { Message } from "@/api/types";
import { withMessage } from "@/realtime/applyEvent";
import { getState, put, update } from "@/realtime/store";
import { reopen, reread } from "@/realtime/verbs";
import { say } from "@/ui/status";

import { fileTrouble, attachedOf, putFiles, takeFiles } from "./attached";
import { clear, drafts, mark, newest, settle, write } from "./drafts";
import type { Kind } from "./kind";
import { dropOutgoing, outgoingOf, putOutgoing, type Outgoing } from "./outbox";

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 4_000;
const GIVE_UP_MS = 60_000;
/** The owner is another one than its author believed. */
const LOST = new Set(["already_claimed", "stale_epoch"]);

export interface SendOptions {
  /** Where there is no text, only files. */
  kind?: Kind;
  then?: "resolve";
  takeOver?: boolean;
  override?: boolean;
}

/** Sends the draft of a conversation; `me` is the agent who sends. */
export function sendDraft(conversationId: string, me: string, options: SendOptions = {}): void {
  const draft = drafts.get(conversationId);
  const text = draft?.text.trim() ?? "";
  const waiting = attachedOf(conversationId);
  if ((text === "" && waiting.length === 0) || fileTrouble(waiting) !== undefined) return;
  const entry: Outgoing = {
    clientId: draft?.clientId ?? newKey(),
    conversationId,
    kind: draft?.kind ?? options.kind ?? "reply",
    text,
    files: takeFiles(conversationId),
    at: new Date().toISOString(),
    seen: draft === undefined ? newest(conversationId) : draft.seen,
    epoch: epochMeant(conversationId, me, options.takeOver ?? false),
    then: options.then,
    takeOver: options.takeOver ?? false,
    override: options.override ?? false,
    state: "sending",
    isUncertain: false,
  };
  clear(conversationId, true);
  void deliver(entry);
}

/** Sends a failed one again, as the same message; by somebody who sees whose the conversation is now. */
export function sendAgain(entry: Outgoing, me: string): void {
  const epoch = epochMeant(entry.conversationId, me, entry.takeOver);
  void deliver({ ...entry, epoch, state: "sending" });
}

/** Of the claim that is ours, or that we take over: from whoever holds it on the screen, and from nobody else. */
function epochMeant(id: string, me: string, takesOver: boolean): number | undefined {
  const known = getState().conversations.get(id);
  return takesOver || known?.assignee?.id === me ? known?.epoch : undefined;
}

/** Takes a failed one back into the composer, before what is written there. */
export function takeBack(entry: Outgoing): void {
  dropOutgoing(entry);
  const there = drafts.get(entry.conversationId)?.text ?? "";
  const text = [entry.text, there].filter((each) => each.trim() !== "").join("\n\n");
  putFiles(entry.conversationId, entry.files ?? []);
  if (text === "") return;
  // What may have arrived already must not be taken for the first one again: a changed text is another message.
  write(entry.conversationId, {
    kind: entry.kind,
    text,
    clientId: newKey(),
    seen: newest(entry.conversationId),
  });
}

/** Throws a failed one away. */
export function discard(entry: Outgoing): void {
  dropOutgoing(entry);
  settle(entry.conversationId);
}

async function deliver(entry: Outgoing): Promise<void> {
  putOutgoing(entry);
  try {
    const { message, conversation } = await post(entry);
    put(conversation);
    update((state) => withMessage(state, message));
    dropOutgoing(entry);
    settle(entry.conversationId);
    if (entry.then === "resolve") {
      say(i18n._("Sent and resolved"), { undo: () => void reopen(entry.conversationId, true) });
    }
  } catch (error) {
    if (error instanceof Problem && error.status < 500) return refused(entry, error);
    const why = i18n._("Not confirmed. The text is kept here; sending it again cannot double it.");
    putOutgoing({ ...entry, state: "failed", why, isUncertain: true });
    say(i18n._("A message is not confirmed; its text is kept."), { tone: "bad", isAlert: true });
  }
}

/** Repeats with the same `client_id` until there is an answer or patience ends. */
async function post(entry: Outgoing) {
  const began = Date.now();
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
    try {
      return await body(
        api.POST("/v1/conversations/{conversation_id}/messages", {
          params: { path: { conversation_id: entry.conversationId } },
          body: wire(entry),
        }),
      );
    } catch (error) {
      const mayHelp = error instanceof Unreachable || (error instanceof Problem && error.status >= 500);
      if (!mayHelp || Date.now() - began > GIVE_UP_MS) throw error;
      putOutgoing({ ...entry, state: "unconfirmed", isUncertain: true });
      await new Promise((go) => setTimeout(go, pause));
    }
  }
}

function wire(entry: Outgoing) {
  const shared = {
    kind: entry.kind,
    text: entry.text,
    client_id: entry.clientId,
    attachments: (entry.files ?? []).map((file) => file.id),
  };
  if (entry.kind === "note") return { ...shared, override: false, take_over: false };
  return {
    ...shared,
    override: entry.override,
    take_over: entry.takeOver,
    ...(entry.epoch !== undefined && { epoch: entry.epoch }),
    ...(entry.seen !== undefined && { last_seen: entry.seen }),
    ...(entry.then !== undefined && { then: entry.then }),
  };
}

/** Nothing was sent: the text goes back to where it was written, with what the server said. */
function refused(entry: Outgoing, problem: Problem): void {
  const id = entry.conversationId;
  if (LOST.has(problem.code)) void reread(id);
  const isElsewhere = (drafts.get(id)?.text ?? "") !== "";
  if (isElsewhere) {
    putOutgoing({ ...entry, state: "failed", why: problem.message, isUncertain: false });
  } else {
    dropOutgoing(entry);
    putFiles(id, entry.files ?? []);
    write(id, { kind: entry.kind, text: entry.text, clientId: entry.clientId, seen: entry.seen });
    if (problem.code === "unseen_messages") {
      const messages = (problem.members.messages ?? []) as Message[];
      update((state) => messages.reduce(withMessage, state));
      mark(id, { held: { messages, then: entry.then } });
      return;
    }
    // Who takes over had nothing to lose, and may want to again.
    const isLost = LOST.has(problem.code) && !entry.takeOver;
    mark(id, {
      problem: isLost ? undefined : problem.message,
      frozen: isLost ? { by: problem.members.assignee ?? null } : undefined,
    });
  }
  say(i18n._("Not sent: {why} The text is kept.", { why: problem.message }), { tone: "bad", isAlert: true });
}

/** Whether something of a conversation is on its way. */
export function isSending(conversationId: string): boolean {
  return outgoingOf(conversationId).some((each) => each.state !== "failed");
}
