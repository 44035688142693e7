import { useCallback } from "react";

import type { TakeoverRequest } from "@/api/types";
import { useOpenTakeovers } from "@/realtime/takeovers";

/** Our own open request for a conversation. */
export function useMyRequest(conversationId: string, myId: string): TakeoverRequest | undefined {
  return useOpenTakeovers(
    useCallback(
      (request: TakeoverRequest) => request.conversation_id === conversationId && request.asker.id === myId,
      [conversationId, myId],
    ),
  )[0];
}
