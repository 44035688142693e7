import { useInfiniteQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useEffect, useRef } from "react";

import { onFlush } from "@/realtime/store";
import { sound } from "@/ui/sound";

import { beep } from "./beep";
import { feedQuery, followOtherWindows, markSeen } from "./feed";
import { useNotifications } from "./useNotifications";
import { titleText } from "./words";

/** Wherever one is in the app: the title counts, a sound if wanted, and what one looks at counts as seen. */
export function NotificationWatch() {
  const { conversationId } = useParams({ strict: false });
  const { unseen } = useNotifications();
  useInfiniteQuery(feedQuery);
  useEffect(followOtherWindows, []);
  useEffect(() => {
    document.title = titleText(unseen.length);
  }, [unseen.length]);
  useEffect(
    () =>
      onFlush(({ events }) => {
        const isNew = events.some(
          (event) =>
            event.kind === "notification.created" &&
            !(document.hasFocus() && event.notification.conversation_id === conversationId),
        );
        if (isNew && sound.get() === "on") beep();
      }),
    [conversationId],
  );
  useSeenByLooking(conversationId, unseen);
  return null;
}

/** Whoever has the conversation open in front of them has seen what is said about it. */
function useSeenByLooking(
  conversationId: string | undefined,
  unseen: ReturnType<typeof useNotifications>["unseen"],
) {
  const sent = useRef(new Set<string>());
  useEffect(() => {
    const look = () => {
      if (conversationId === undefined || !document.hasFocus()) return;
      for (const { id, conversation_id } of unseen) {
        if (conversation_id !== conversationId || sent.current.has(id)) continue;
        sent.current.add(id);
        // One that did not get through is tried again at the next look.
        markSeen(id).catch(() => sent.current.delete(id));
      }
    };
    look();
    window.addEventListener("focus", look);
    return () => window.removeEventListener("focus", look);
  }, [conversationId, unseen]);
}
