/** Routes that only this feature uses. */
import { queryOptions } from "@tanstack/react-query";

import { api, body } from "@/api/client";
import type { components } from "@/api/schema";
import type { Message } from "@/api/types";
import { getState } from "@/realtime/store";

/** That somebody has begun to write; `text` is null for those who may not read it. */
export type AgentDraft = components["schemas"]["AgentDraft"];

/** Why the bot stepped back, and what it had tried. */
export type Handoff = components["schemas"]["Handoff"];

/** The hand-off of a conversation that was escalated at that time. */
export const handoffQuery = (id: string, at: string) =>
  queryOptions({
    queryKey: ["handoff", id, at],
    queryFn: () =>
      body(
        api.GET("/v1/conversations/{conversation_id}/handoff", { params: { path: { conversation_id: id } } }),
      ),
    staleTime: Infinity,
  });

/** Everybody's drafts for a conversation, ours among them. */
export async function readDrafts(id: string): Promise<readonly AgentDraft[]> {
  const path = { conversation_id: id };
  return (await body(api.GET("/v1/conversations/{conversation_id}/drafts", { params: { path } }))).data;
}

/** Hands a failed reply to its channel again: the same message, so that it cannot arrive twice. Only under the claim that
 * is shown, if one is. */
export async function retryDelivery({ id, conversation_id }: Message) {
  const known = getState().conversations.get(conversation_id);
  const isClaimed = known !== undefined && known.assignee !== null;
  return body(
    api.POST("/v1/conversations/{conversation_id}/messages/{message_id}/retry", {
      params: { path: { conversation_id, message_id: id } },
      body: isClaimed ? { epoch: known.epoch } : {},
    }),
  );
}
