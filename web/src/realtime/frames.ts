/** What the live socket says. The shapes come from the server's catalogue of events. */
import type { Agent, Conversation, Message, Named, Notification, TakeoverRequest } from "@/api/types";

interface Event<K extends string> {
  type: "event";
  cursor: number;
  kind: K;
  at: string;
  actor: { type: string; id: string | null; name: string | null; via: string | null };
}
type ConversationKind =
  | "created" | "claimed" | "released" | "reassigned" | "resolved" | "reopened" | "snoozed" | "woken" | "archived"
  | "updated" | "escalated" | "stale" | "stale_cleared" | "bot_paused" | "bot_resumed";

export type LiveEvent =
  | (Event<`conversation.${ConversationKind}`> & { conversation: Conversation; reason?: string | null; note?: string | null; via?: string; ended_as?: string; previous_assignee?: Named | null; releases_at?: string })
  | (Event<"observer.joined" | "observer.left"> & { conversation: Conversation; observer: Named })
  | (Event<"message.created" | "message.delivery"> & { conversation: Conversation; message: Message })
  | (Event<"takeover.requested" | "takeover.answered"> & { takeover_request: TakeoverRequest })
  | (Event<"notification.created"> & { notification: Notification })
  | (Event<"agent.updated"> & { agent: Agent })
  | Event<"settings.updated">;
export interface PresenceFrame {
  type: "presence";
  conversation_id: string;
  agent: Named;
  state: "viewing" | "replying" | "noting" | "away" | "left";
  draft?: string;
}
export type LiveFrame = LiveEvent | PresenceFrame | { type: "reset" } | { type: "ping" };
export type PresenceState = PresenceFrame["state"];
