/** What only the settings read and write. */
import { queryOptions, useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";

import { api, body } from "@/api/client";
import { Problem } from "@/api/problem";
import { agentsQuery, all, meQuery, settingsQuery } from "@/api/queries";
import type { Agent, Me, Preferences, WorkspaceSettings } from "@/api/types";

const page = (cursor: string | undefined) => ({
  params: { query: { limit: 100, ...(cursor === undefined ? {} : { cursor }) } },
});

export const sessionsQuery = queryOptions({
  queryKey: ["sessions"],
  queryFn: () => all((cursor) => body(api.GET("/v1/sessions", page(cursor)))),
});

export const invitationsQuery = queryOptions({
  queryKey: ["invitations"],
  queryFn: () => all((cursor) => body(api.GET("/v1/invitations", page(cursor)))),
});

/** One's own keys, or everybody's for admins. */
export const keysQuery = (whose: "me" | "all") =>
  queryOptions({
    queryKey: ["api-keys", whose],
    queryFn: () =>
      all((cursor) => {
        const { params } = page(cursor);
        return body(api.GET("/v1/api-keys", { params: { query: { ...params.query, agent: whose } } }));
      }),
  });

/** Waiting conversations that nobody may claim as the pools are now. */
export const strandedQuery = queryOptions({
  queryKey: ["unclaimable"],
  queryFn: async () => (await body(api.GET("/v1/unclaimable-conversations"))).data,
});

/** Which bot serves, whether its key is set, and how much of its budget is gone. */
export const botQuery = queryOptions({
  queryKey: ["bot"],
  queryFn: () => body(api.GET("/v1/bot")),
  staleTime: 30_000,
});

/** Who changed each setting last. */
export const changesQuery = queryOptions({
  queryKey: ["settings", "changes"],
  queryFn: async () => (await body(api.GET("/v1/workspace/settings/changes"))).data,
  staleTime: 30_000,
});

/** How many conversations each agent holds now, by agent. */
export const loadsQuery = queryOptions({
  queryKey: ["loads"],
  queryFn: async (): Promise<ReadonlyMap<string, number>> => {
    const { agents } = await body(api.GET("/v1/analytics/board"));
    return new Map(agents.map(({ agent, held }) => [agent.id, held]));
  },
});

/** Who is signed in; the frame around the settings has made sure that somebody is. */
export function useMe(): Me {
  return useSuspenseQuery(meQuery).data;
}

export function useIsAdmin(): boolean {
  const { role } = useMe();
  return role === "admin" || role === "owner";
}

/** Those who can change what an agent cannot. */
export function useAdmins(): Agent[] {
  const { data: agents } = useSuspenseQuery(agentsQuery);
  return agents.filter((agent) => agent.active && (agent.role === "admin" || agent.role === "owner"));
}

/** Changes some of one's own preferences; they hold once the server has said so. */
export function useChangePreferences() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (changes: Partial<Preferences>) =>
      body(api.PATCH("/v1/agents/me/preferences", { body: changes as Preferences })),
    onSuccess: (preferences) => {
      client.setQueryData(meQuery.queryKey, (me) => (me === undefined ? me : { ...me, preferences }));
    },
  });
}

/** Changes some of the workspace's settings. */
export function useChangeSettings() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (changes: Partial<WorkspaceSettings>) =>
      body(api.PATCH("/v1/workspace/settings", { body: changes as WorkspaceSettings })),
    onSuccess: (settings) => {
      client.setQueryData(settingsQuery.queryKey, settings);
      void client.invalidateQueries({ queryKey: changesQuery.queryKey });
    },
  });
}

/** The sentence to show beside what caused a refusal. */
export function sentence(error: unknown): string | undefined {
  if (error === null || error === undefined) return undefined;
  return error instanceof Problem ? error.message : undefined;
}
