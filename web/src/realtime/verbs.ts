/** What a person does with the ownership of a conversation. Nothing is shown as done that the server has not confirmed. */
import { api, body, newKey } from "@/api/client";
import { Problem, Unreachable } from "@/api/problem";
import type { components } from "@/api/schema";
import type { Conversation } from "@/api/types";

import type { Pending, Verb } from "./state";
import { getState, put, update } from "./store";

type Bodies = components["schemas"];

/**
 * `refused`: nothing changed, `problem` says why. `busy`: another write on this conversation was still under way, this
 * one was not sent. `unanswered`: given up without an answer. `overtaken`: done, but its owner is another one again, which
 * events tell. The store knows the conversation as it is, if it could be read.
 */
export type Outcome =
  | { done: true; conversation: Conversation }
  | { done: false; why: "refused"; problem: Problem; conversation: Conversation | undefined }
  | {
      done: false;
      why: "busy" | "unanswered" | "overtaken";
      problem: undefined;
      conversation: Conversation | undefined;
    };

/** Writes of somebody who believes to know the owner: refused when the owner has changed since. */
const FENCED = new Set<Verb>([
  "release",
  "undo",
  "hand-back",
  "reassign",
  "force-release",
  "resolve",
  "snooze",
  "spam",
  "not-spam",
]);
/** Without an answer for so long a write counts as not confirmed, though its request is still under way. */
const UNSURE_AFTER_MS = 4_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 4_000;
/** After so long without an answer the write is given up; the next event still tells the truth. */
const GIVE_UP_MS = 120_000;

export const claim = (id: string): Promise<Outcome> => send("claim", id, {});
export const release = (id: string, options: Partial<Bodies["Release"]> = {}): Promise<Outcome> =>
  send("release", id, options);
export const undoClaim = (id: string): Promise<Outcome> => send("undo", id, { undo: true });
export const handBack = (id: string): Promise<Outcome> => send("hand-back", id, {});
export const reassign = (
  id: string,
  agentId: string,
  options: { note?: string; override_limit?: boolean } = {},
): Promise<Outcome> => send("reassign", id, { agent_id: agentId, ...options });
export const forceRelease = (id: string, reason: string | undefined): Promise<Outcome> =>
  send("force-release", id, reason === undefined ? {} : { reason });
export const resolve = (id: string, note?: string): Promise<Outcome> =>
  send("resolve", id, note === undefined ? {} : { note });
export const reopen = (id: string, claimIt = false): Promise<Outcome> =>
  send("reopen", id, { claim: claimIt });
export const archive = (id: string): Promise<Outcome> => send("archive", id, {});
export type Until = { until: string } | { until_customer_replies: true };
export const snooze = (id: string, until: Until): Promise<Outcome> => send("snooze", id, until);
export const wake = (id: string): Promise<Outcome> => send("wake", id, {});

export const markSpam = (id: string): Promise<Outcome> => send("spam", id, {});
export const markNotSpam = (id: string): Promise<Outcome> => send("not-spam", id, {});

/** Repeats with one key until there is an answer. Only one write per conversation is under way at a time. */
async function send(verb: Verb, id: string, options: object): Promise<Outcome> {
  const known = getState().conversations.get(id);
  if (getState().pending.has(id)) {
    return { done: false, why: "busy", problem: undefined, conversation: known };
  }
  const fenced = known !== undefined && FENCED.has(verb) ? { epoch: known.epoch, ...options } : options;
  const key = newKey();
  const since = Date.now();
  let isRepeated = false;
  mark(id, { verb, state: "sending", since });
  const unsure = setTimeout(() => mark(id, { verb, state: "unknown", since }), UNSURE_AFTER_MS);
  const lost = () => {
    isRepeated = true;
    clearTimeout(unsure);
    mark(id, { verb, state: "unknown", since });
  };
  try {
    const conversation = await insist(() => post(verb, id, fenced, key), lost, since);
    if (conversation === undefined) {
      return { done: false, why: "unanswered", problem: undefined, conversation: await reread(id) };
    }
    // A repeated write is answered as it was the first time, which may be long ago.
    if (isRepeated) await reread(id);
    put(conversation);
    const now = getState().conversations.get(id) ?? conversation;
    if (conversation.assignee !== null && now.epoch !== conversation.epoch) {
      return { done: false, why: "overtaken", problem: undefined, conversation: now };
    }
    return { done: true, conversation };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { done: false, why: "refused", problem: error, conversation: await reread(id) };
  } finally {
    clearTimeout(unsure);
    mark(id, undefined);
  }
}

/** Calls until there is an answer: the first one that tells what happened counts. Undefined when it took too long. */
async function insist<T>(call: () => Promise<T>, lost: () => void, since: number): Promise<T | undefined> {
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
    try {
      return await call();
    } catch (error) {
      if (!tellsNothing(error)) throw error;
    }
    lost();
    if (Date.now() - since > GIVE_UP_MS) return undefined;
    await pauseOrOnline(pause);
  }
}

/** No answer, or one that leaves open whether anything was changed: a gateway's error, the first try still running. */
function tellsNothing(error: unknown): boolean {
  if (error instanceof Unreachable) return true;
  if (!(error instanceof Problem)) return false;
  return (
    error.status === 503 ||
    error.code === "idempotency_in_flight" ||
    (error.status >= 500 && error.code === "unknown")
  );
}

/** Waits, but not a moment longer than until the network is back. */
async function pauseOrOnline(ms: number): Promise<void> {
  await new Promise<void>((go) => {
    const timer = setTimeout(done, ms);
    window.addEventListener("online", done);
    function done() {
      clearTimeout(timer);
      window.removeEventListener("online", done);
      go();
    }
  });
}

async function post(verb: Verb, id: string, options: object, key: string): Promise<Conversation> {
  const route = `/v1/conversations/{conversation_id}/${verb === "undo" ? "release" : verb}` as const;
  const asked = {
    params: { path: { conversation_id: id }, header: { "Idempotency-Key": key } },
    body: options,
  };
  // The bodies differ by route; each exported verb above builds the right one.
  return body(api.POST(route as "/v1/conversations/{conversation_id}/claim", asked as never));
}

/** The conversation as it is now, taken into the store: after a refusal the screen shows the true owner. */
export async function reread(id: string): Promise<Conversation | undefined> {
  try {
    const conversation = await body(
      api.GET("/v1/conversations/{conversation_id}", { params: { path: { conversation_id: id } } }),
    );
    put(conversation);
  } catch (error) {
    if (!(error instanceof Problem || error instanceof Unreachable)) throw error;
  }
  return getState().conversations.get(id);
}

function mark(id: string, pending: Pending | undefined): void {
  update((state) => {
    const all = new Map(state.pending);
    if (pending === undefined) all.delete(id);
    else all.set(id, pending);
    return { ...state, pending: all };
  });
}
