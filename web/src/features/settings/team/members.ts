/** Writes about members. Each refusal is shown where it was asked for. */
import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api, body } from "@/api/client";
import { agentsQuery, meQuery } from "@/api/queries";
import type { Agent } from "@/api/types";

import { loadsQuery } from "../queries";

export type MemberChanges = Partial<Pick<Agent, "name" | "role" | "skills" | "languages" | "active">>;

const at = (agent: Agent) => ({ params: { path: { agent_id: agent.id } } });

export function useChangeMember(agent: Agent) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (changes: MemberChanges) =>
      // The document says that every field with a default is there; a change names only some.
      body(api.PATCH("/v1/agents/{agent_id}", { ...at(agent), body: changes as never })),
    onSettled: refresh,
  });
}

export function useRemoveMember(agent: Agent) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: () => body(api.DELETE("/v1/agents/{agent_id}", at(agent))),
    onSettled: refresh,
  });
}

export function useResetLink(agent: Agent) {
  return useMutation({
    mutationFn: () => body(api.POST("/v1/agents/{agent_id}/password-reset", at(agent))),
  });
}

function useRefresh() {
  const client = useQueryClient();
  return async () => {
    await Promise.all(
      [agentsQuery.queryKey, loadsQuery.queryKey, meQuery.queryKey].map((queryKey) =>
        client.invalidateQueries({ queryKey }),
      ),
    );
  };
}
