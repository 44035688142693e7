/** For tests of what is live: facts as the server would tell them. */
import type { Contact, Conversation, Message } from "@/api/types";

import type { LiveEvent } from "./frames";

const AT = "2026-11-27T09:00:00.000Z";

export function conversation(changes: Partial<Conversation> = {}): Conversation {
  return {
    id: "conv_1",
    workspace_id: "ws_1",
    channel: "widget",
    status: "open",
    priority: "normal",
    language: null,
    tags: [],
    subject: null,
    preview: "Hello",
    reply_until: null,
    spam: false,
    contact: { id: "ctc_1", name: "Ana Ruiz" },
    assignee: null,
    claimed_at: null,
    claimed_via: null,
    epoch: 0,
    stale: false,
    bot_paused: false,
    escalated_at: null,
    unclaimed_since: AT,
    waiting_since: AT,
    snoozed_until: null,
    resolved_at: null,
    resolved_by: null,
    message_count: 1,
    last_message_at: AT,
    created_at: AT,
    version: 1,
    ...changes,
  };
}

/** The customer of `conversation`, under a new name. */
export const customer: Contact = {
  id: "ctc_1",
  name: "Ana María Ruiz",
  email: null,
  phone: null,
  external_id: null,
  blocked: false,
  erased_at: null,
  created_at: "2026-11-27T09:00:00.000Z",
  updated_at: "2026-11-27T09:00:00.000Z",
};

export const sam = { id: "agt_sam", name: "Sam" };
export const kim = { id: "agt_kim", name: "Kim" };

/** A conversation that somebody holds. */
export function heldBy(
  owner: { id: string; name: string },
  changes: Partial<Conversation> = {},
): Conversation {
  return conversation({
    assignee: owner,
    claimed_at: AT,
    claimed_via: "ui",
    epoch: 1,
    version: 2,
    ...changes,
  });
}

export function message(id: string, changes: Partial<Message> = {}): Message {
  return {
    id,
    conversation_id: "conv_1",
    seq: 1,
    kind: "customer",
    text: id,
    author: { type: "contact", id: "ctc_1", name: "Ana Ruiz" },
    via: "widget",
    client_id: null,
    external_id: null,
    attachments: [],
    details: {},
    delivery: "sent",
    created_at: AT,
    ...changes,
  };
}

type Kind = LiveEvent["kind"];
type Told<K extends Kind> = Omit<
  Extract<LiveEvent, { kind: K | Kind }>,
  "type" | "at" | "actor" | "cursor" | "kind"
>;

/** An event by `actor`; `told` is what its kind carries. */
export function event<K extends Kind>(
  cursor: number,
  kind: K,
  told: Partial<Told<K>> & object,
  actor: { id: string; name: string } | null = sam,
): LiveEvent {
  const who =
    actor === null
      ? { type: "system" as const, id: null, name: "Stale claims", via: "timer" }
      : { type: "agent" as const, ...actor, via: "ui" };
  return { type: "event", cursor, at: AT, kind, actor: who, ...told } as unknown as LiveEvent;
}
