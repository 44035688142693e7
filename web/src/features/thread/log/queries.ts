import { keepPreviousData, queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";

import { all } from "@/api/queries";
import { api, body } from "@/api/client";
import { useLive } from "@/realtime/hooks";
import { onFlush } from "@/realtime/store";
import { loadConversation, loadThread } from "@/realtime/threads";

import type { Step } from "./timeline";

/** Brings conversation and thread into the store; again after a reset, which empties it. */
export function useLoaded(id: string) {
  const isAnchored = useLive((state) => state.cursor !== null);
  const resets = useLive((state) => state.stamps.everything);
  return useQuery({
    queryKey: ["thread", id, isAnchored, resets],
    queryFn: async () => {
      await Promise.all([loadConversation(id), loadThread(id)]);
      return true;
    },
    staleTime: Infinity,
    gcTime: 0,
    placeholderData: keepPreviousData,
  });
}

const historyQuery = (id: string) =>
  queryOptions({
    queryKey: ["history", id],
    queryFn: () =>
      all<Step>((cursor) =>
        body(
          api.GET("/v1/conversations/{conversation_id}/history", {
            params: {
              path: { conversation_id: id },
              query: { limit: 100, ...(cursor === undefined ? {} : { cursor }) },
            },
          }),
        ),
      ),
    staleTime: 60_000,
  });

const none: readonly Step[] = [];

/** The steps of a conversation's life, read again when one is added. */
export function useHistory(id: string): readonly Step[] {
  const client = useQueryClient();
  useEffect(
    () =>
      onFlush(({ events }) => {
        const isTold = events.some(
          (event) =>
            ("conversation" in event && event.conversation.id === id && !event.kind.startsWith("message.")) ||
            ("takeover_request" in event && event.takeover_request.conversation_id === id),
        );
        if (isTold) void client.invalidateQueries({ queryKey: historyQuery(id).queryKey });
      }),
    [client, id],
  );
  return useQuery(historyQuery(id)).data ?? none;
}
