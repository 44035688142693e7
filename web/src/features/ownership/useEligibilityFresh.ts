import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";

import type { LiveEvent } from "@/realtime/frames";
import { onFlush, type Flush } from "@/realtime/store";

/** Several changes shortly after each other are one reason to ask again. */
const GATHER_MS = 150;

/** Reads the eligibility of the open conversation again when an event may have changed it. */
export function useEligibilityFresh(conversationId: string, myId: string | undefined): void {
  const client = useQueryClient();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = onFlush((flush) => {
      if (timer !== undefined || !flush.events.some((event) => matters(event, flush, conversationId, myId))) {
        return;
      }
      timer = setTimeout(() => {
        timer = undefined;
        void client.invalidateQueries({ queryKey: ["eligibility"] });
      }, GATHER_MS);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [client, conversationId, myId]);
}

/** Whether an event is about this conversation, about who may claim what, or about how much we hold. */
export function matters(
  event: LiveEvent,
  { before }: Pick<Flush, "before">,
  conversationId: string,
  myId: string | undefined,
): boolean {
  switch (event.kind) {
    case "agent.updated":
    case "settings.updated":
      return true;
    case "takeover.requested":
    case "takeover.answered":
    case "notification.created":
    case "contact.updated":
    case "conversation.turn":
    case "message.delivery":
    case "observer.joined":
    case "observer.left":
      return false;
    default: {
      const { id, assignee } = event.conversation;
      if (id === conversationId) return event.kind !== "message.created";
      const had = before.conversations.get(id)?.assignee?.id;
      return had !== assignee?.id && (had === myId || assignee?.id === myId);
    }
  }
}
