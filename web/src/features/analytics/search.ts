/** What the address says about the figures: the period, the clock, the order of the table, the open list. */
export const SPELL_METRICS = [
  "claimed",
  "time_to_claim",
  "time_to_claim_from_escalation",
  "response_after_claim",
  "hold",
  "outcomes",
] as const;
export type SpellMetric = (typeof SPELL_METRICS)[number];

/** Counts of moments: what went wrong between people, or between them and the bot. */
export const COUNTS = ["contention", "held_sends", "duplicate_replies", "bot_leakage"] as const;
export type Count = (typeof COUNTS)[number];

export const METRICS = [...SPELL_METRICS, ...COUNTS] as const;
export type Metric = SpellMetric | Count;

export function isCount(metric: Metric): metric is Count {
  return COUNTS.some((each) => each === metric);
}

export const OUTCOMES = [
  "resolved",
  "released",
  "reassigned",
  "taken_over",
  "handed_back",
  "stale",
  "forced",
  "member_removed",
] as const;
export type Outcome = (typeof OUTCOMES)[number];

export const COLUMNS = [
  "agent",
  "claimed",
  "time_to_claim",
  "response_after_claim",
  "hold",
  "resolved",
  "released",
  "otherwise",
  "contention",
  "duplicates",
] as const;
export type ColumnId = (typeof COLUMNS)[number];

export interface AnalyticsSearch {
  /** Absent: 7 days. */
  window?: "30d";
  /** Days in the workspace's time zone, both included; they go before `window`. */
  from?: string;
  to?: string;
  /** Absent: elapsed time. */
  time?: "business";
  /** False: without the period before. */
  compare?: false;
  /** The column that orders the table; with "-" in front, the largest first. */
  sort?: ColumnId | `-${ColumnId}`;
  /** The list behind a figure. */
  metric?: Metric;
  agent?: string;
  outcome?: Outcome;
}

/** Takes what it understands from an address; what is malformed is left out. */
export function validateAnalyticsSearch(raw: Record<string, unknown>): AnalyticsSearch {
  const { from, to, sort, agent } = raw;
  const isRange = isDay(from) && isDay(to) && from <= to;
  const metric = METRICS.find((each) => each === raw["metric"]);
  const outcome = OUTCOMES.find((each) => each === raw["outcome"]);
  return {
    ...(isRange ? { from, to } : raw["window"] === "30d" ? { window: "30d" } : {}),
    ...(raw["time"] === "business" ? { time: "business" } : {}),
    ...(raw["compare"] === false ? { compare: false } : {}),
    ...(isSort(sort) ? { sort } : {}),
    ...(metric === undefined ? {} : { metric }),
    ...(metric !== undefined && typeof agent === "string" ? { agent } : {}),
    ...(metric === "outcomes" && outcome !== undefined ? { outcome } : {}),
  };
}

/** A day that the calendar has, as date fields write it. */
export function isDay(value: unknown): value is string {
  if (typeof value !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const at = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(value) && value >= "1970-01-02";
}

function isSort(value: unknown): value is ColumnId | `-${ColumnId}` {
  return typeof value === "string" && COLUMNS.some((each) => value === each || value === `-${each}`);
}
