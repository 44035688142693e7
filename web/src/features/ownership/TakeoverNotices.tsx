import { useCallback } from "react";

import type { TakeoverRequest } from "@/api/types";
import { useOpenTakeovers } from "@/realtime/takeovers";

import { TakeoverCard } from "./TakeoverCard";

/** In the open conversation: who asks us for it. */
export function TakeoverNotices({ conversationId, myId }: { conversationId: string; myId: string }) {
  const asked = useOpenTakeovers(
    useCallback(
      (request: TakeoverRequest) =>
        request.conversation_id === conversationId && request.assignee.id === myId,
      [conversationId, myId],
    ),
  );
  if (asked.length === 0) return null;
  return (
    <div className="space-y-2 border-t border-line bg-other-soft px-4 py-2.5">
      {asked.map((request) => (
        <TakeoverCard key={request.id} request={request} />
      ))}
    </div>
  );
}
