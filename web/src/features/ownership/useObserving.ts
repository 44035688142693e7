import { useQuery, useQueryClient } from "@tanstack/react-query";
import { i18n } from "@lingui/core";
import { useEffect } from "react";

import { api, body } from "@/api/client";
import { Problem, Unreachable } from "@/api/problem";
import type { Conversation, Me } from "@/api/types";
import { onFlush, put } from "@/realtime/store";
import { say } from "@/ui/status";

/** Whether we observe a conversation, and how to change that. */
export function useObserving(conversation: Conversation, me: Me) {
  const { id, contact } = conversation;
  const client = useQueryClient();
  const queryKey = ["observing", id];
  const { data: isObserving = false } = useQuery({
    queryKey,
    queryFn: async () => {
      // One contact's conversations that we observe are few.
      const query = { view: "observing", contact: contact.id, limit: 100 } as const;
      const { data } = await body(api.GET("/v1/conversations", { params: { query } }));
      return data.some((each) => each.id === id);
    },
    staleTime: 60_000,
  });
  useEffect(
    () =>
      onFlush(({ events }) => {
        const told = events.findLast(
          (event) =>
            (event.kind === "observer.joined" || event.kind === "observer.left") &&
            event.conversation.id === id &&
            event.observer.id === me.agent.id,
        );
        if (told !== undefined) client.setQueryData(["observing", id], told.kind === "observer.joined");
      }),
    [client, id, me.agent.id],
  );
  const toggle = async () => {
    const path = { conversation_id: id, agent_id: "me" };
    const route = "/v1/conversations/{conversation_id}/observers/{agent_id}";
    try {
      const changed = await body(
        isObserving ? api.DELETE(route, { params: { path } }) : api.PUT(route, { params: { path } }),
      );
      put(changed);
      client.setQueryData(queryKey, !isObserving);
      void client.invalidateQueries({ queryKey: ["counts"] });
      say(
        isObserving
          ? i18n._("You no longer observe this conversation.")
          : i18n._("You observe this conversation."),
      );
    } catch (error) {
      if (!(error instanceof Problem || error instanceof Unreachable)) throw error;
      say(
        error instanceof Problem
          ? error.message
          : i18n._("The server could not be reached. Nothing was changed."),
        {
          tone: "bad",
        },
      );
    }
  };
  return { isObserving, toggle: () => void toggle() };
}
