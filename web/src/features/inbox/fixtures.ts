/** Conversations for tests. */
import type { Conversation } from "@/api/types";
import type { LiveEvent } from "@/realtime/frames";
import { nothingKnown, type LiveState } from "@/realtime/state";
import type { Flush } from "@/realtime/store";

const ana: Conversation = {
  id: "conv_1",
  workspace_id: "ws_1",
  channel: "whatsapp",
  status: "open",
  priority: "normal",
  language: "es",
  tags: ["billing"],
  subject: null,
  preview: "Hola",
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
  unclaimed_since: null,
  waiting_since: "2026-11-27T10:00:00.000Z",
  snoozed_until: null,
  resolved_at: null,
  resolved_by: null,
  message_count: 1,
  last_message_at: "2026-11-27T10:00:00.000Z",
  created_at: "2026-11-27T10:00:00.000Z",
  version: 1,
};

export function aConversation(change: Partial<Conversation> = {}): Conversation {
  return { ...ana, ...change };
}

/** A flush with one event on one conversation, which was `before` or not known. */
export function aFlush(
  kind: "conversation.created" | "conversation.claimed" | "conversation.released" | "conversation.updated",
  after: Conversation,
  before?: Conversation,
): Flush {
  const event: LiveEvent = {
    type: "event",
    cursor: 1,
    at: "2026-11-27T10:12:00.000Z",
    actor: { type: "agent", id: "agt_sam", name: "Sam", via: "ui" },
    kind,
    conversation: after,
  } as LiveEvent;
  return { events: [event], before: known(before), after: known(after) };
}

function known(conversation: Conversation | undefined): LiveState {
  const conversations = new Map(conversation === undefined ? [] : [[conversation.id, conversation]]);
  return { ...nothingKnown, conversations };
}
