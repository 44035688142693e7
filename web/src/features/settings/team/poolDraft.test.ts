import { expect, test } from "vitest";

import type { Agent, Pool } from "@/api/types";

import { claimers, draftOf, EMPTY, hasCondition, isWhole, sentPool } from "./poolDraft";

const nothing = EMPTY.conditions;

function agent(id: string, changes: Partial<Agent> = {}): Agent {
  return {
    id,
    name: id,
    email: `${id}@example.com`,
    role: "agent",
    active: true,
    skills: [],
    languages: [],
    availability: "available",
    ...changes,
  };
}

test("a pool without a condition is not whole", () => {
  expect(isWhole({ ...EMPTY, name: "Billing" })).toBe(false);
});

test("a pool without a name is not whole", () => {
  expect(isWhole({ ...EMPTY, name: "  ", conditions: { ...nothing, tags: ["billing"] } })).toBe(false);
});

test("one condition of any kind is enough", () => {
  expect(hasCondition({ ...nothing, channels: ["email"] })).toBe(true);
  expect(hasCondition(nothing)).toBe(false);
});

test("named members are not sent when everybody with a skill is meant", () => {
  const sent = sentPool({ ...EMPTY, name: "A", by: "skill", members: ["agt_1"], skill: " refunds " });
  expect(sent.members).toEqual([]);
  expect(sent.skill).toBe("refunds");
});

test("a skill that was typed is not sent when agents are named", () => {
  expect(sentPool({ ...EMPTY, members: ["agt_1"], skill: "refunds" }).skill).toBeNull();
});

test("an empty skill is none", () => {
  expect(sentPool({ ...EMPTY, by: "skill", skill: "  " }).skill).toBeNull();
});

test("a pool is edited as it was made", () => {
  const pool: Pool = { id: "pool_1", name: "A", members: [], skill: "refunds", conditions: nothing };
  expect(sentPool(draftOf(pool))).toEqual({ name: "A", members: [], skill: "refunds", conditions: nothing });
});

test("viewers and the deactivated claim nothing, even as members", () => {
  const agents = [agent("a"), agent("b", { role: "viewer" }), agent("c", { active: false })];
  expect(claimers({ members: ["a", "b", "c"], skill: null }, agents).map((each) => each.id)).toEqual(["a"]);
});

test("members and those with the skill both count", () => {
  const agents = [agent("a"), agent("b", { skills: ["refunds"] }), agent("c")];
  expect(claimers({ members: ["a"], skill: "refunds" }, agents).map((each) => each.id)).toEqual(["a", "b"]);
});
