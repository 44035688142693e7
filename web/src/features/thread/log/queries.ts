import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";

import { historyQuery } from "@/api/queries";
import { useLive } from "@/realtime/hooks";
import type { LiveEvent } from "@/realtime/frames";
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

const none: readonly Step[] = [];
/** The owner is drawn first; several changes shortly after each other are one reason to ask again. */
const GATHER_MS = 100;

/** The steps of a conversation's life, read again when one is added. */
export function useHistory(id: string): readonly Step[] {
  const client = useQueryClient();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = () => {
      timer = undefined;
      void client.invalidateQueries({ queryKey: historyQuery(id).queryKey });
    };
    const stop = onFlush(({ events }) => {
      if (timer === undefined && events.some((event) => isStepOf(event, id)))
        timer = setTimeout(read, GATHER_MS);
    });
    return () => {
      stop();
      if (timer === undefined) return;
      clearTimeout(timer);
      read();
    };
  }, [client, id]);
  return useQuery(historyQuery(id)).data ?? none;
}

/** What a conversation's history says nothing of. */
const NO_STEPS = new Set<LiveEvent["kind"]>([
  "conversation.created",
  "conversation.updated",
  "conversation.bot_paused",
  "conversation.bot_resumed",
  "message.created",
  "message.delivery",
  "observer.joined",
  "observer.left",
]);

function isStepOf(event: LiveEvent, id: string): boolean {
  if ("takeover_request" in event) return event.takeover_request.conversation_id === id;
  return "conversation" in event && event.conversation.id === id && !NO_STEPS.has(event.kind);
}
