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
    if (isFree) void client.invalidateQueries({ queryKey: ["history", id] });
  }, [client, id, epoch, isFree]);
  return isFree && data !== undefined ? cameBack(data) : undefined;
}
