import { useParams } from "@tanstack/react-router";
import { useEffect } from "react";

const MOST = 8;

let recent: readonly string[] = [];

/** The conversations that were open in this window, the last one first. */
export function recentConversations(): readonly string[] {
  return recent;
}

/** Notes which conversation is open. */
export function useRecentNoted(): void {
  const { conversationId } = useParams({ strict: false });
  useEffect(() => {
    if (conversationId === undefined) return;
    recent = [conversationId, ...recent.filter((id) => id !== conversationId)].slice(0, MOST);
  }, [conversationId]);
}
