import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";

import { stayed } from "@/api/pace";
import type { Me } from "@/api/types";
import { useConversation } from "@/realtime/hooks";
import { loadThread } from "@/realtime/threads";

import { readDrafts, type AgentDraft } from "../wire";
import { ownDrafts, restore, saveNow } from "./drafts";

const none: readonly AgentDraft[] = [];

/** Who else has begun to write here, read again when the owner changes; brings our own draft back on the way. */
export function useOthersDrafts(conversationId: string, me: Me): readonly AgentDraft[] {
  const owner = useConversation(conversationId)?.assignee?.id ?? null;
  useEffect(() => ownDrafts(me.agent.id), [me.agent.id]);
  useEffect(() => {
    const save = () => saveNow();
    document.addEventListener("visibilitychange", save);
    window.addEventListener("pagehide", save);
    return () => {
      document.removeEventListener("visibilitychange", save);
      window.removeEventListener("pagehide", save);
      save();
    };
  }, [conversationId]);
  const { data } = useQuery({
    queryKey: ["drafts", conversationId, owner],
    queryFn: async ({ signal }) => {
      await stayed(signal);
      const askedAt = Date.now();
      const [found] = await Promise.all([readDrafts(conversationId), loadThread(conversationId)]);
      const mine = found.find((each) => each.agent.id === me.agent.id);
      restore(conversationId, mine?.text == null ? undefined : { ...mine, text: mine.text }, askedAt);
      return found.filter((each) => each.agent.id !== me.agent.id);
    },
    staleTime: 0,
  });
  return data ?? none;
}
