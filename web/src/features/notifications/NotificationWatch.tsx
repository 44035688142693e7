import { useParams } from "@tanstack/react-router";
import { useEffect, useRef } from "react";

import { onFlush } from "@/realtime/store";
import { lastInput } from "@/ui/lastInput";
import { sound } from "@/ui/sound";

import { beep } from "./beep";
import { followOtherWindows, markSeen } from "./feed";
import { useFeed, useNotifications } from "./useNotifications";
import { titleText } from "./words";

/** As long after the last key or touch somebody counts as being there. */
const THERE_MS = 60_000;
const SIGNS = ["focus", "keydown", "pointerdown"];

/** Wherever one is in the app: the title counts, a sound if wanted, and what one looks at counts as seen. */
export function NotificationWatch() {
  const { conversationId } = useParams({ strict: false });
  const { unseen } = useNotifications();
  useFeed();
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

/**
 * Whoever works at the conversation has seen what is said about it. A page left open has seen nothing: saying
 * so to the server would count as work, and keep claims from going stale.
 */
function useSeenByLooking(
  conversationId: string | undefined,
  unseen: ReturnType<typeof useNotifications>["unseen"],
) {
  const sent = useRef(new Set<string>());
  useEffect(() => {
    const look = () => {
      const isThere = document.hasFocus() && Date.now() - lastInput() < THERE_MS;
      if (conversationId === undefined || !isThere) return;
      for (const { id, conversation_id } of unseen) {
        if (conversation_id !== conversationId || sent.current.has(id)) continue;
        sent.current.add(id);
        // One that did not get through is tried again at the next look.
        markSeen(id).catch(() => sent.current.delete(id));
      }
    };
    look();
    for (const kind of SIGNS) window.addEventListener(kind, look);
    return () => {
      for (const kind of SIGNS) window.removeEventListener(kind, look);
    };
  }, [conversationId, unseen]);
}
