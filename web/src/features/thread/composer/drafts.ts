/** What the agent has begun to write, per conversation: kept here, on the server within 2 s, and locally until it is there. */
import { api, newKey } from "@/api/client";
import { Problem } from "@/api/problem";
import type { Message, Named } from "@/api/types";
import { getState } from "@/realtime/store";

import { keyed } from "./keyed";
import type { Kind } from "./kind";
import { outgoingOf } from "./outbox";

export interface Draft {
  readonly kind: Kind;
  readonly text: string;
  /** Fixed per text: however often it is sent, it arrives once. */
  readonly clientId: string;
  /** The newest message that its author had seen when beginning to write. */
  readonly seen: string | undefined;
  /** Why the last attempt to send it was refused. */
  readonly problem?: string | undefined;
  /** Ownership went to somebody, or to nobody, while there was text: it can no longer be sent as it is. */
  readonly frozen?: { readonly by: Named | null } | undefined;
  /** Held back: others wrote meanwhile. */
  readonly held?: { readonly messages: readonly Message[]; readonly then: "resolve" | undefined } | undefined;
}

const PAUSE_MS = 1_000;
const RETRY_MS = 5_000;

export const drafts = keyed<Draft>();
/** What the server has, as `wire` writes it. */
const stored = new Map<string, string>();
const timers = new Map<string, ReturnType<typeof setTimeout>>();
const busy = new Set<string>();
/** When a draft was last changed or saved here: what was read from the server before that is old. */
const touched = new Map<string, number>();
let owner: string | undefined;

/** Whose drafts these are. Another agent's are forgotten here; theirs stay on the server and in their local copies. */
export function ownDrafts(agentId: string): void {
  if (owner === agentId) return;
  owner = agentId;
  for (const timer of timers.values()) clearTimeout(timer);
  timers.clear();
  stored.clear();
  drafts.clear();
}

/** Takes what the agent typed. An empty text is no draft. */
export function write(id: string, change: Partial<Draft> & { kind: Kind; text: string }): void {
  const before = drafts.get(id);
  const fresh = { clientId: newKey(), seen: newest(id) };
  drafts.set(id, { ...(before === undefined || before.text === "" ? fresh : before), ...change });
  touched.set(id, Date.now());
  keepLocally(id);
  schedule(id, PAUSE_MS);
}

/** Changes what is known about a draft, not its text. */
export function mark(id: string, change: Partial<Omit<Draft, "text">>): void {
  const draft = drafts.get(id);
  if (draft !== undefined) drafts.set(id, { ...draft, ...change });
}

/** The text is on its way or thrown away. `keepStored`: the server keeps its copy until the answer is here. */
export function clear(id: string, keepStored = false): void {
  drafts.set(id, undefined);
  touched.set(id, Date.now());
  clearTimeout(timers.get(id));
  timers.delete(id);
  if (!keepStored) settle(id);
}

/** A sent text is confirmed: the server's copy of it goes, unless another text is here already. */
export function settle(id: string): void {
  keepLocally(id);
  void save(id);
}

/** Takes in the draft that the server had at `askedAt`, unless something newer is here. */
export function restore(id: string, found: { kind: Kind; text: string } | undefined, askedAt: number): void {
  if (busy.has(id) || timers.has(id) || (touched.get(id) ?? 0) >= askedAt) return;
  stored.set(id, found === undefined ? "" : wire(found));
  const local = localCopy(id);
  const best = local ?? found;
  const isHere = (drafts.get(id)?.text ?? "") !== "";
  // What a closed page was sending is in the outbox; its draft must not be sent besides.
  const isSent = outgoingOf(id).some((each) => each.text === best?.text.trim());
  if (!isHere && !isSent && best !== undefined && best.text !== "") {
    drafts.set(id, { clientId: newKey(), ...best, seen: newest(id) });
  }
  if (local !== undefined) schedule(id, 0);
}

/** Saves at once what is not on the server yet: before the page is hidden or left. */
export function saveNow(id?: string): void {
  for (const each of id === undefined ? [...timers.keys()] : timers.has(id) ? [id] : []) schedule(each, 0);
}

/** Makes the server's copy what is here. */
export async function save(id: string): Promise<void> {
  if (busy.has(id)) return;
  busy.add(id);
  const by = owner;
  try {
    for (let now = current(id); by === owner && now !== stored.get(id); now = current(id)) {
      await put(id, now);
      stored.set(id, now);
    }
    if (by === owner) localStorage.removeItem(localKey(id));
  } catch (error) {
    // A refusal stays one; what got lost on the way is tried again, and the local copy remains.
    if (!(error instanceof Problem && error.status < 500)) schedule(id, RETRY_MS);
  } finally {
    busy.delete(id);
    touched.set(id, Date.now());
  }
}

async function put(id: string, now: string): Promise<void> {
  const params = { path: { conversation_id: id } };
  const path = "/v1/conversations/{conversation_id}/draft";
  if (now === "") await api.DELETE(path, { params, keepalive: true });
  else
    await api.PUT(path, { params, body: JSON.parse(now) as { kind: Kind; text: string }, keepalive: true });
}

/** The newest message of a thread. */
export function newest(id: string): string | undefined {
  return getState().threads.get(id)?.messages.at(-1)?.id;
}

function schedule(id: string, pause: number): void {
  clearTimeout(timers.get(id));
  const run = () => {
    timers.delete(id);
    void save(id);
  };
  if (pause === 0) return run();
  timers.set(id, setTimeout(run, pause));
}

function current(id: string): string {
  const draft = drafts.get(id);
  return draft === undefined || draft.text.trim() === "" ? "" : wire(draft);
}

function wire({ kind, text }: { kind: Kind; text: string }): string {
  return JSON.stringify({ kind, text });
}

function localKey(id: string): string {
  return `dibs:draft:${owner ?? ""}:${id}`;
}

function keepLocally(id: string): void {
  const draft = drafts.get(id);
  try {
    if (draft === undefined || draft.text === "") localStorage.setItem(localKey(id), "{}");
    else
      localStorage.setItem(
        localKey(id),
        JSON.stringify({ kind: draft.kind, text: draft.text, clientId: draft.clientId }),
      );
  } catch {
    // A full or forbidden storage: the server's copy is the one that counts.
  }
}

/** What was typed here and never reached the server; an emptied one counts as well. */
function localCopy(id: string): { kind: Kind; text: string; clientId: string } | undefined {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(localKey(id)) ?? "null");
    if (typeof found !== "object" || found === null) return undefined;
    const { kind, text, clientId } = found as Record<string, unknown>;
    if (typeof text !== "string" || typeof clientId !== "string")
      return { kind: "reply", text: "", clientId: "" };
    return { kind: kind === "note" ? "note" : "reply", text, clientId };
  } catch {
    return undefined;
  }
}
