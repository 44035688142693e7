/** A pool as its editor has it. */
import type { Agent, Pool } from "@/api/types";

export type Conditions = Pool["conditions"];

export interface PoolDraft {
  name: string;
  /** Members are named agents, or everybody with a skill. */
  by: "agents" | "skill";
  members: string[];
  skill: string;
  conditions: Conditions;
}

export const EMPTY: PoolDraft = {
  name: "",
  by: "agents",
  members: [],
  skill: "",
  conditions: { tags: [], priorities: [], languages: [], channels: [] },
};

export function draftOf(pool: Pool): PoolDraft {
  return {
    name: pool.name,
    by: pool.skill !== null && pool.members.length === 0 ? "skill" : "agents",
    members: pool.members,
    skill: pool.skill ?? "",
    conditions: pool.conditions,
  };
}

/** What the server takes: only the kind of members that is chosen. */
export function sentPool(draft: PoolDraft): Omit<Pool, "id"> {
  const isSkill = draft.by === "skill";
  return {
    name: draft.name.trim(),
    members: isSkill ? [] : draft.members,
    skill: isSkill && draft.skill.trim() !== "" ? draft.skill.trim() : null,
    conditions: draft.conditions,
  };
}

export function hasCondition(conditions: Conditions): boolean {
  return Object.values(conditions).some((list) => list.length > 0);
}

/** Whether there is enough to ask the server what such a pool would do. */
export function isWhole(draft: PoolDraft): boolean {
  return draft.name.trim() !== "" && hasCondition(draft.conditions);
}

/** Agents who could claim by this pool: active, no viewers. */
export function claimers(pool: Pick<Pool, "members" | "skill">, agents: readonly Agent[]): Agent[] {
  return agents.filter(
    (agent) =>
      agent.active &&
      agent.role !== "viewer" &&
      (pool.members.includes(agent.id) || (pool.skill !== null && agent.skills.includes(pool.skill))),
  );
}
