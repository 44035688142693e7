import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";

import { countsQuery } from "@/api/queries";
import type { LiveEvent } from "@/realtime/frames";
import { onFlush, type Flush } from "@/realtime/store";

import { heldQuery } from "./held";

const PACE_MS = 1_000;

/** Reads the counts again when events changed them, once a second at most. */
export function useFreshCounts(): void {
  const client = useQueryClient();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = () => {
      timer = undefined;
      void client.invalidateQueries({ queryKey: countsQuery.queryKey });
      void client.invalidateQueries({ queryKey: heldQuery.queryKey });
    };
    const stop = onFlush((flush) => {
      if (timer === undefined && changesCounts(flush)) timer = setTimeout(read, PACE_MS);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [client]);
}

/** What moves nothing from one view to another by its kind; only a difference can tell. */
const QUIET = new Set<LiveEvent["kind"]>([
  "message.created",
  "message.delivery",
  "conversation.updated",
  "conversation.escalated",
  "conversation.bot_paused",
  "conversation.bot_resumed",
]);

/** Whether any view may hold more or less than before. What we did ourselves the store knew before its event came. */
export function changesCounts({ events, before, after }: Flush): boolean {
  return events.some((event) => {
    if (!("conversation" in event)) return false;
    if (!QUIET.has(event.kind)) return true;
    const was = before.conversations.get(event.conversation.id);
    const is = after.conversations.get(event.conversation.id);
    if (was === undefined || is === undefined) return false;
    return was.status !== is.status || was.assignee?.id !== is.assignee?.id || was.stale !== is.stale;
  });
}
