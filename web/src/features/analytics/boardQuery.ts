import { queryOptions } from "@tanstack/react-query";

import { api, body } from "@/api/client";
import type { Named } from "@/api/types";

/** A count that stops at a limit. */
export interface Count {
  readonly count: number;
  readonly capped: boolean;
}

export interface Load {
  readonly agent: Named;
  readonly availability: string;
  readonly held: number;
  readonly limit: number;
  readonly snoozed: number;
  readonly stale: number;
  /** Conversations they hold in which the customer waits. */
  readonly waiting: number;
  readonly last_active_at: string | null;
}

export interface Board {
  readonly at: string;
  readonly waiting: Count & { readonly oldest_since: string | null };
  readonly escalated: Count;
  readonly stale: Count;
  readonly agents: readonly Load[];
}

/** Read at least so often, for what no event tells (somebody went away). */
const AT_LEAST_EVERY_MS = 15_000;

export const boardQuery = queryOptions({
  queryKey: ["analytics", "board"],
  queryFn: async () => (await body(api.GET("/v1/analytics/board" as never))) as Board,
  refetchInterval: AT_LEAST_EVERY_MS,
  staleTime: 0,
});
