/** What was sent and is not confirmed: shown in the thread as such, kept over a reload, never sent twice. */
import type { Attachment } from "@/api/types";

import type { Kind } from "./kind";
import { keyed } from "./keyed";

export interface Outgoing {
  readonly clientId: string;
  readonly conversationId: string;
  readonly kind: Kind;
  readonly text: string;
  /** Files that go along; they are on the server. One kept by an older version of this page has none. */
  readonly files?: readonly Attachment[];
  readonly at: string;
  readonly seen: string | undefined;
  /** Of the claim that its author held when sending: a repetition must not forget it when the claim goes meanwhile. */
  readonly epoch?: number | undefined;
  readonly then: "resolve" | undefined;
  /** An admin takes the conversation over with it. */
  readonly takeOver: boolean;
  /** Sent although others wrote meanwhile. */
  readonly override: boolean;
  /** `unconfirmed`: the answer got lost, it is being repeated; `failed`: given up, or refused. */
  readonly state: "sending" | "unconfirmed" | "failed";
  /** Why it failed, for a person. */
  readonly why?: string;
  /** Whether it may have arrived all the same. */
  readonly isUncertain: boolean;
}

const nothing: readonly Outgoing[] = [];
export const outbox = keyed<readonly Outgoing[]>();
let owner: string | undefined;

export function outgoingOf(conversationId: string): readonly Outgoing[] {
  return outbox.get(conversationId) ?? nothing;
}

/** Puts an entry in, or in place of the one with its `clientId`. */
export function putOutgoing(entry: Outgoing): void {
  const all = outgoingOf(entry.conversationId);
  const isThere = all.some((each) => each.clientId === entry.clientId);
  const next = isThere
    ? all.map((each) => (each.clientId === entry.clientId ? entry : each))
    : [...all, entry];
  set(entry.conversationId, next);
}

export function dropOutgoing({ conversationId, clientId }: Outgoing): void {
  set(
    conversationId,
    outgoingOf(conversationId).filter((each) => each.clientId !== clientId),
  );
}

/** Whose outbox this is. What a closed page left unconfirmed comes back as failed, to be sent again or not. */
export function ownOutbox(agentId: string, why: string): void {
  if (owner === agentId) return;
  owner = agentId;
  outbox.clear();
  for (const entry of kept()) putOutgoing({ ...entry, state: "failed", why, isUncertain: true });
}

function set(conversationId: string, entries: readonly Outgoing[]): void {
  outbox.set(conversationId, entries.length === 0 ? undefined : entries);
  try {
    const all = outbox.entries().flatMap(([, each]) => each);
    if (all.length === 0) localStorage.removeItem(localKey());
    else localStorage.setItem(localKey(), JSON.stringify(all));
  } catch {
    // A full or forbidden storage: then only this page knows.
  }
}

function kept(): readonly Outgoing[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(localKey()) ?? "[]");
    return Array.isArray(found) ? (found as Outgoing[]) : [];
  } catch {
    return [];
  }
}

function localKey(): string {
  return `dibs:outbox:${owner ?? ""}`;
}
