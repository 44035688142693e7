import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";

import { api, body } from "@/api/client";

import type { components } from "@/api/schema";

import type { Performance } from "./figures";
import type { Period } from "./periods";
import type { Metric, Outcome } from "./search";

export type Time = "elapsed" | "business";

/** Every agent's figures for admins, their own for the others. */
export const performanceQuery = (period: Period, time: Time) =>
  queryOptions({
    queryKey: ["analytics", "agents", period, time],
    queryFn: async () => {
      const found = await body(api.GET("/v1/analytics/agents", { params: { query: { ...period, time } } }));
      return found as Performance;
    },
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  });

export interface Behind {
  readonly agentId: string;
  readonly metric: Metric;
  readonly outcome: Outcome | undefined;
  readonly from: string;
  readonly to: string;
  readonly time: Time;
}

export type Spell = components["schemas"]["Spell"] & { contact: string | null; channel: string };

/** The spells behind a figure, newest first. */
export const spellsQuery = ({ agentId, metric, outcome, from, to, time }: Behind) =>
  infiniteQueryOptions({
    queryKey: ["analytics", "spells", agentId, metric, outcome, from, to, time],
    queryFn: async ({ pageParam }) => {
      const query = {
        metric,
        from,
        to,
        time,
        ...(outcome && { outcome }),
        ...(pageParam && { cursor: pageParam }),
      };
      const path = { agent_id: agentId };
      const found = await body(
        api.GET("/v1/analytics/agents/{agent_id}/spells", { params: { path, query } }),
      );
      return { ...found, data: found.data as Spell[] };
    },
    initialPageParam: "",
    getNextPageParam: ({ next_cursor }) => next_cursor,
    staleTime: 60_000,
  });

/** Who waits now. */
export const waitingQuery = queryOptions({
  queryKey: ["analytics", "waiting"],
  queryFn: () => body(api.GET("/v1/analytics/waiting")),
  staleTime: 10_000,
  refetchInterval: 30_000,
});
