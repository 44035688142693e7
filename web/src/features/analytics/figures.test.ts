import { expect, test } from "vitest";

import {
  change,
  ended,
  ordered,
  otherwise,
  perThousand,
  pointsApart,
  shown,
  totals,
  type AgentFigures,
} from "./figures";

const nothing = { p50: null, p90: null, mean: null, n: 0 };

function agent(name: string, of: Partial<AgentFigures> = {}): AgentFigures {
  return {
    agent: { id: `agt_${name}`, name },
    claimed: { spells: 0, conversations: 0, by_way: {} },
    time_to_claim: nothing,
    time_to_claim_from_escalation: nothing,
    response_after_claim: nothing,
    hold: nothing,
    outcomes: {
      released: 0,
      resolved: 0,
      reassigned: 0,
      taken_over: 0,
      forced: 0,
      stale: 0,
      member_removed: 0,
      handed_back: 0,
    },
    released_by_reason: {},
    contention: {
      attempts: 0,
      already_claimed: 0,
      per_1000_attempts: null,
      median_lead_seconds: null,
      held_sends: 0,
    },
    duplicate_replies: 0,
    bot_leakage: 0,
    ...of,
  };
}

const names = (agents: AgentFigures[]) => agents.map((each) => each.agent.name);
const took = (p50: number | null, n: number) => ({ p50, p90: p50, mean: p50, n });

test("what came by reassign and takeover is counted apart", () => {
  const ana = agent("Ana", {
    claimed: { spells: 9, conversations: 8, by_way: { ui: 5, reassign: 3, takeover: 1 } },
  });
  const sam = agent("Sam", { claimed: { spells: 2, conversations: 2, by_way: { ui: 1, bulk: 1 } } });
  const found = totals([ana, sam]);
  expect([found.spells, found.received]).toEqual([11, 4]);
  expect(found.ways).toEqual({ ui: 6, bulk: 1, reassign: 3, takeover: 1 });
});

test("ended spells are those of every outcome", () => {
  const ana = agent("Ana");
  ana.outcomes = { ...ana.outcomes, resolved: 4, released: 2, stale: 1, handed_back: 1 };
  expect([ended(ana), otherwise(ana)]).toEqual([8, 2]);
});

test("bot leakage is unknown as soon as one agent's is", () => {
  expect(totals([agent("Ana"), agent("Sam", { bot_leakage: null })]).leaks).toBeNull();
  expect(totals([agent("Ana"), agent("Sam", { bot_leakage: 2 })]).leaks).toBe(2);
});

test("without attempts there is no rate", () => {
  expect(perThousand({ attempts: 0, lost: 0 })).toBeNull();
  expect(perThousand({ attempts: 200, lost: 1 })).toBe(5);
});

test("percentiles of fewer than five are not shown", () => {
  expect(shown(took(12, 4), "p50")).toBeNull();
  expect(shown(took(12, 5), "p50")).toBe(12);
});

test.each([
  [null, 3, { kind: "unknown" }],
  [3, null, { kind: "unknown" }],
  [3, 0, { kind: "unknown" }],
  [0, 0, { kind: "same" }],
  [1_001, 1_000, { kind: "same" }],
  [150, 100, { kind: "more", share: 0.5 }],
  [0, 100, { kind: "less", share: 1 }],
])("%o after %o is %o", (now, before, found) => {
  expect(change(now, before)).toEqual(found);
});

test("shares are compared in points, not in percent of each other", () => {
  expect(pointsApart(0.78, 0.8)).toEqual({ kind: "less", share: 2 });
  expect(pointsApart(0.781, 0.779)).toEqual({ kind: "same" });
  expect(pointsApart(1, 0)).toEqual({ kind: "more", share: 100 });
  expect(pointsApart(null, 0.5)).toEqual({ kind: "unknown" });
});

test("who has nothing measured comes last in both orders", () => {
  const rows = [
    agent("Few", { hold: took(1, 2) }),
    agent("Slow", { hold: took(90, 9) }),
    agent("Quick", { hold: took(30, 9) }),
  ];
  expect(names(ordered(rows, "hold", "en"))).toEqual(["Quick", "Slow", "Few"]);
  expect(names(ordered(rows, "-hold", "en"))).toEqual(["Slow", "Quick", "Few"]);
});

test("names are ordered as the language does", () => {
  const rows = [agent("Zoe"), agent("Émile"), agent("Frank")];
  expect(names(ordered(rows, "agent", "en"))).toEqual(["Émile", "Frank", "Zoe"]);
  expect(names(ordered(rows, "-agent", "en"))).toEqual(["Zoe", "Frank", "Émile"]);
});

test("who stands equal is ordered by name", () => {
  expect(names(ordered([agent("Sam"), agent("Ana")], "-claimed", "en"))).toEqual(["Ana", "Sam"]);
});
