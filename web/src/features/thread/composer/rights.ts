/** What an agent may write in a conversation now. Pure. */
import type { Conversation, Named, Prospect, Role } from "@/api/types";

/** Why no reply can be sent. */
export type Lock =
  | { readonly why: "viewer" }
  | { readonly why: "closed"; readonly status: string }
  | { readonly why: "held"; readonly by: Named }
  | { readonly why: "pools"; readonly pools: readonly Named[] }
  | { readonly why: "limit"; readonly held: number; readonly limit: number }
  /** Its channel takes only a template now. */
  | { readonly why: "window"; readonly until: string };

export interface Rights {
  readonly note: boolean;
  /** Undefined: a reply may be sent. */
  readonly lock: Lock | undefined;
  /** What a reply does besides: nothing when the conversation is the agent's. */
  readonly replyClaims: boolean | undefined;
}

/** `prospect`: what the server says about a claim by this agent, where it was asked. */
export function rights(
  conversation: Conversation,
  me: string,
  role: Role,
  autoClaim: boolean,
  prospect: Prospect | undefined,
  now = Date.now(),
): Rights {
  if (role === "viewer") return { note: false, lock: { why: "viewer" }, replyClaims: undefined };
  const lock = lockOf(conversation, me, autoClaim, prospect) ?? lateness(conversation, now);
  const isFree = conversation.assignee === null && lock === undefined;
  return { note: true, lock, replyClaims: isFree ? autoClaim : undefined };
}

function lockOf(
  conversation: Conversation,
  me: string,
  autoClaim: boolean,
  prospect: Prospect | undefined,
): Lock | undefined {
  const { status, assignee } = conversation;
  if (status !== "open" && status !== "snoozed") return { why: "closed", status };
  if (assignee !== null) return assignee.id === me ? undefined : { why: "held", by: assignee };
  for (const reason of prospect?.reasons ?? []) {
    if (reason["code"] === "pool_restricted") {
      return { why: "pools", pools: (reason["pools"] as Named[] | undefined) ?? [] };
    }
    if (reason["code"] === "claim_limit_reached" && autoClaim && prospect !== undefined) {
      return { why: "limit", held: prospect.held, limit: prospect.limit };
    }
  }
  return undefined;
}

/** WhatsApp takes free text for a day after the customer's last message. */
function lateness({ reply_until: until }: Conversation, now: number): Lock | undefined {
  return until !== null && now >= Date.parse(until) ? { why: "window", until } : undefined;
}

/** Whether the bot answers this conversation; `pauses`: whether a claim keeps it from answering. */
export function isBotServing(conversation: Conversation, pauses: boolean): boolean {
  const { status, bot_paused, escalated_at, assignee } = conversation;
  return status === "open" && !bot_paused && escalated_at === null && (assignee === null || !pauses);
}
