import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";

import { api, body } from "@/api/client";

import type { components } from "@/api/schema";

import type { Performance } from "./figures";
import type { Period } from "./periods";
import type { Count, Outcome, SpellMetric } from "./search";

export type Time = "elapsed" | "business";

/** Every agent's figures for admins, their own for the others. */
export const performanceQuery = (period: Period, time: Time) =>
  queryOptions({
    queryKey: ["analytics", "agents", period, time],
    queryFn: async () =>
      (await body(
        api.GET("/v1/analytics/agents", { params: { query: { ...period, time } } }),
      )) as Performance,
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  });

interface Asked {
  readonly agentId: string;
  readonly from: string;
  readonly to: string;
}

export interface Behind extends Asked {
  readonly metric: SpellMetric;
  readonly outcome: Outcome | undefined;
  readonly time: Time;
}

export type Spell = components["schemas"]["Spell"];

/** The spells behind a figure, newest first. */
export const spellsQuery = ({ agentId, metric, outcome, from, to, time }: Behind) =>
  infiniteQueryOptions({
    queryKey: ["analytics", "spells", agentId, metric, outcome, from, to, time],
    queryFn: ({ pageParam }) => {
      const query = {
        metric,
        from,
        to,
        time,
        ...(outcome && { outcome }),
        ...(pageParam && { cursor: pageParam }),
      };
      const path = { agent_id: agentId };
      return body(api.GET("/v1/analytics/agents/{agent_id}/spells", { params: { path, query } }));
    },
    initialPageParam: "",
    getNextPageParam: ({ next_cursor }) => next_cursor,
    staleTime: 60_000,
  });

export type Collision = components["schemas"]["Collision"];

/** The moments that a count is made of, newest first. */
export const collisionsQuery = ({ agentId, metric, from, to }: Asked & { readonly metric: Count }) =>
  infiniteQueryOptions({
    queryKey: ["analytics", "collisions", agentId, metric, from, to],
    queryFn: ({ pageParam }) => {
      const query = { metric, from, to, ...(pageParam && { cursor: pageParam }) };
      const path = { agent_id: agentId };
      return body(api.GET("/v1/analytics/agents/{agent_id}/collisions", { params: { path, query } }));
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
