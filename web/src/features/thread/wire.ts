/** Routes that only this feature uses. */
import { api, body } from "@/api/client";
import type { components } from "@/api/schema";
import type { Message } from "@/api/types";

/** That somebody has begun to write; `text` is null for those who may not read it. */
export type AgentDraft = components["schemas"]["AgentDraft"];

/** Everybody's drafts for a conversation, ours among them. */
export async function readDrafts(id: string): Promise<readonly AgentDraft[]> {
  const path = { conversation_id: id };
  return (await body(api.GET("/v1/conversations/{conversation_id}/drafts", { params: { path } }))).data;
}

/** Hands a failed reply to its channel again: the same message, so that it cannot arrive twice. */
export async function retryDelivery(message: Message) {
  const path = { conversation_id: message.conversation_id, message_id: message.id };
  return body(
    api.POST("/v1/conversations/{conversation_id}/messages/{message_id}/retry", {
      params: { path },
      body: {},
    }),
  );
}
