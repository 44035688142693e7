import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";

import { countsQuery } from "@/api/queries";
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

/** Whether any view may hold more or less than before: messages and tags move nothing. */
export function changesCounts({ events, before, after }: Flush): boolean {
  return events.some((event) => {
    if (event.kind === "observer.joined" || event.kind === "observer.left") return true;
    if (!("conversation" in event)) return false;
    const was = before.conversations.get(event.conversation.id);
    const is = after.conversations.get(event.conversation.id) ?? event.conversation;
    if (was === undefined) return event.kind !== "message.created" && event.kind !== "message.delivery";
    return was.status !== is.status || was.assignee?.id !== is.assignee?.id || was.stale !== is.stale;
  });
}
