import { useCallback, useEffect, useRef } from "react";

import type { PresenceState } from "@/realtime/frames";
import { showPresence } from "@/realtime/socket";

import type { Kind } from "./kind";

/** Who has not typed for so long looks, and no longer writes. */
const QUIET_MS = 8_000;

/** Tells the others that we look at a conversation; the returned function tells that we write, or write no more. */
export function usePresenceShown(conversationId: string): (kind: Kind | undefined) => void {
  const shown = useRef<PresenceState>("left");
  const quiet = useRef<ReturnType<typeof setTimeout>>(undefined);
  const show = useCallback(
    (state: PresenceState) => {
      if (state === shown.current) return;
      shown.current = state;
      showPresence(conversationId, state);
    },
    [conversationId],
  );
  useEffect(() => {
    const look = () => {
      clearTimeout(quiet.current);
      show(document.hidden ? "away" : "viewing");
    };
    look();
    document.addEventListener("visibilitychange", look);
    return () => {
      document.removeEventListener("visibilitychange", look);
      clearTimeout(quiet.current);
      show("left");
    };
  }, [show]);
  return useCallback(
    (kind: Kind | undefined) => {
      clearTimeout(quiet.current);
      if (kind === undefined) return show("viewing");
      show(kind === "reply" ? "replying" : "noting");
      quiet.current = setTimeout(() => show("viewing"), QUIET_MS);
    },
    [show],
  );
}
