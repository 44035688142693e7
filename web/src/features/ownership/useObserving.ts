import { useQuery, useQueryClient } from "@tanstack/react-query";
import { i18n } from "@lingui/core";
import { useEffect } from "react";

import { api, body } from "@/api/client";
import { observersQuery } from "@/api/queries";
import { Problem, Unreachable } from "@/api/problem";
import type { Conversation, Me } from "@/api/types";
import { onFlush, put } from "@/realtime/store";
import { say } from "@/ui/status";

/** Whether we observe a conversation, and how to change that. */
export function useObserving(conversation: Conversation, me: Me) {
  const { id } = conversation;
  const client = useQueryClient();
  const { queryKey } = observersQuery(id);
  const { data } = useQuery(observersQuery(id));
  const isObserving = data?.data.some((each) => each.id === me.agent.id) ?? false;
  useEffect(
    () =>
      onFlush(({ events }) => {
        const isTold = events.some(
          (event) =>
            (event.kind === "observer.joined" || event.kind === "observer.left") &&
            event.conversation.id === id,
        );
        if (isTold) void client.invalidateQueries({ queryKey: ["observers", id] });
      }),
    [client, id],
  );
  const toggle = async () => {
    const path = { conversation_id: id, agent_id: "me" };
    const route = "/v1/conversations/{conversation_id}/observers/{agent_id}";
    try {
      const changed = await body(
        isObserving ? api.DELETE(route, { params: { path } }) : api.PUT(route, { params: { path } }),
      );
      put(changed);
      await client.invalidateQueries({ queryKey });
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
