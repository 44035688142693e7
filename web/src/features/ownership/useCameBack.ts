import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";

import { historyQuery } from "@/api/queries";
import type { Conversation } from "@/api/types";

import { cameBack, type CameBack } from "./cameBack";

/** Why an unclaimed conversation came back, if somebody or a timer took it from its owner. */
export function useCameBack({ id, assignee, status, epoch }: Conversation): CameBack | undefined {
  const client = useQueryClient();
  const isFree = assignee === null && status === "open" && epoch > 0;
  const { data } = useQuery({ ...historyQuery(id), enabled: isFree });
  useEffect(() => {
    const { queryKey } = historyQuery(id);
    // What is being read for the first time knows of this.
    if (isFree && client.getQueryData(queryKey) !== undefined) void client.invalidateQueries({ queryKey });
  }, [client, id, epoch, isFree]);
  return isFree && data !== undefined ? cameBack(data) : undefined;
}
