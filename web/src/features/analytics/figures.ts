/** What the figures add up to, how they compare and how the table is ordered. */
import type { components } from "@/api/schema";

import type { ColumnId, Outcome } from "./search";

type Schemas = components["schemas"];
export type Distribution = Schemas["Distribution"];
export type AgentFigures = Schemas["AgentFigures"];
export type DurationMetric =
  "time_to_claim" | "time_to_claim_from_escalation" | "response_after_claim" | "hold";
/** The durations of all agents as one set: percentiles of a team are not those of its agents averaged. */
export type Together = Record<DurationMetric, Distribution> & { conversations: number };
export type Performance = Schemas["Performance"] & { together: Together };

/** Percentiles of fewer say too little to be shown. */
export const FEWEST = 5;
/** Ways into a claim that start with somebody else's doing: listed apart. */
export const RECEIVED = ["reassign", "takeover"];

export interface Totals {
  readonly spells: number;
  readonly received: number;
  readonly ways: Readonly<Record<string, number>>;
  readonly outcomes: Readonly<Record<Outcome, number>>;
  readonly ended: number;
  readonly attempts: number;
  readonly lost: number;
  readonly held: number;
  readonly duplicates: number;
  /** Null while the bot may answer claimed conversations. */
  readonly leaks: number | null;
}

export function totals(agents: readonly AgentFigures[]): Totals {
  const sum = (of: (each: AgentFigures) => number) => agents.reduce((all, each) => all + of(each), 0);
  const ways: Record<string, number> = {};
  for (const { claimed } of agents) {
    for (const [way, n] of Object.entries(claimed.by_way)) ways[way] = (ways[way] ?? 0) + n;
  }
  const outcome = (name: Outcome) => sum((each) => each.outcomes[name]);
  return {
    spells: sum((each) => each.claimed.spells),
    received: sum(received),
    ways,
    outcomes: {
      resolved: outcome("resolved"),
      released: outcome("released"),
      reassigned: outcome("reassigned"),
      taken_over: outcome("taken_over"),
      handed_back: outcome("handed_back"),
      stale: outcome("stale"),
      forced: outcome("forced"),
      member_removed: outcome("member_removed"),
    },
    ended: sum(ended),
    attempts: sum((each) => each.contention.attempts),
    lost: sum((each) => each.contention.already_claimed),
    held: sum((each) => each.contention.held_sends),
    duplicates: sum((each) => each.duplicate_replies),
    leaks: agents.some((each) => each.bot_leakage === null) ? null : sum((each) => each.bot_leakage ?? 0),
  };
}

export function received({ claimed }: AgentFigures): number {
  return RECEIVED.reduce((all, way) => all + (claimed.by_way[way] ?? 0), 0);
}

export function ended({ outcomes }: AgentFigures): number {
  return Object.values(outcomes).reduce((all, each) => all + each, 0);
}

/** Ended some other way than resolved or released. */
export function otherwise(figures: AgentFigures): number {
  return ended(figures) - figures.outcomes.resolved - figures.outcomes.released;
}

/** Refusals per thousand attempts; null without attempts. */
export function perThousand({ attempts, lost }: Pick<Totals, "attempts" | "lost">): number | null {
  return attempts === 0 ? null : (lost * 1_000) / attempts;
}

/** The percentile, unless too few were measured. */
export function shown(of: Distribution, part: "p50" | "p90"): number | null {
  return of.n < FEWEST ? null : of[part];
}

export type Change =
  /** Nothing to compare with, or too few on one side. */
  { kind: "unknown" } | { kind: "same" } | { kind: "more" | "less"; share: number };

/** How a value stands to the one before. Below half a percent nothing changed. */
export function change(now: number | null, before: number | null): Change {
  if (now === null || before === null) return { kind: "unknown" };
  if (before === 0) return now === 0 ? { kind: "same" } : { kind: "unknown" };
  const share = now / before - 1;
  if (Math.abs(share) < 0.005) return { kind: "same" };
  return { kind: share > 0 ? "more" : "less", share: Math.abs(share) };
}

/** How a share of a whole stands to the one before, in points of a hundred. */
export function pointsApart(now: number | null, before: number | null): Change {
  if (now === null || before === null) return { kind: "unknown" };
  const points = Math.round(now * 100) - Math.round(before * 100);
  if (points === 0) return { kind: "same" };
  return { kind: points > 0 ? "more" : "less", share: Math.abs(points) };
}

/** The rows in the order of a column; who has nothing there comes last either way. */
export function ordered(
  agents: readonly AgentFigures[],
  sort: ColumnId | `-${ColumnId}`,
  locale: string,
): AgentFigures[] {
  const isDown = sort.startsWith("-");
  const column = (isDown ? sort.slice(1) : sort) as ColumnId;
  const byName = (a: AgentFigures, b: AgentFigures) => a.agent.name.localeCompare(b.agent.name, locale);
  if (column === "agent") return [...agents].sort((a, b) => (isDown ? byName(b, a) : byName(a, b)));
  return [...agents].sort((a, b) => {
    const [x, y] = [measure(a, column), measure(b, column)];
    if (x === y) return byName(a, b);
    if (x === null || y === null) return x === null ? 1 : -1;
    return isDown ? y - x : x - y;
  });
}

function measure(of: AgentFigures, column: Exclude<ColumnId, "agent">): number | null {
  switch (column) {
    case "claimed":
      return of.claimed.spells;
    case "resolved":
    case "released":
      return of.outcomes[column];
    case "otherwise":
      return otherwise(of);
    case "contention":
      return of.contention.per_1000_attempts;
    case "duplicates":
      return of.duplicate_replies;
    default:
      return shown(of[column], "p50");
  }
}
