/** Routes that only this feature reads. */
import { api, body } from "@/api/client";
import type { components } from "@/api/schema";
import type { Conversation, Message, Named } from "@/api/types";

/** That somebody has begun to write; `text` is null for those who may not read it. */
export interface AgentDraft {
  readonly agent: Named;
  readonly conversation_id: string;
  readonly kind: "reply" | "note";
  readonly text: string | null;
  readonly updated_at: string;
}
export type Contact = components["schemas"]["Contact"];

const at = (id: string) => ({ path: { conversation_id: id } });

/** Everybody's drafts for a conversation, ours among them. */
export async function readDrafts(id: string): Promise<readonly AgentDraft[]> {
  const path = "/v1/conversations/{conversation_id}/drafts" as "/v1/conversations/{conversation_id}/draft";
  const found = (await body(api.GET(path, { params: at(id) }))) as unknown as { data: AgentDraft[] };
  return found.data;
}

/** Hands a failed reply to its channel again: the same message, so that it cannot arrive twice. */
export async function retryDelivery(
  message: Message,
): Promise<{ message: Message; conversation: Conversation }> {
  const path =
    "/v1/conversations/{conversation_id}/messages/{message_id}/retry" as "/v1/conversations/{conversation_id}/claim";
  const params = { path: { conversation_id: message.conversation_id, message_id: message.id } };
  return (await body(api.POST(path, { params, body: {} }))) as unknown as {
    message: Message;
    conversation: Conversation;
  };
}
