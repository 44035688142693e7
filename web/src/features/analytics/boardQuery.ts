import { queryOptions } from "@tanstack/react-query";

import { api, body } from "@/api/client";
import type { components } from "@/api/schema";

export type Load = components["schemas"]["AgentLoad"];
export type Board = components["schemas"]["Board"];

/** Read at least so often, for what no event tells (somebody went away). */
const AT_LEAST_EVERY_MS = 15_000;

export const boardQuery = queryOptions({
  queryKey: ["analytics", "board"],
  queryFn: () => body(api.GET("/v1/analytics/board")),
  refetchInterval: AT_LEAST_EVERY_MS,
  staleTime: 0,
});
