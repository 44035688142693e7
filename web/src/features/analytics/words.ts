/** What metrics, ways and outcomes are called. */
import { i18n } from "@lingui/core";

import { isCount, type Metric, type Outcome, type SpellMetric } from "./search";

export function metricName(metric: Metric): string {
  const names: Record<Metric, string> = {
    claimed: i18n._("Claimed"),
    time_to_claim: i18n._("Time to claim"),
    time_to_claim_from_escalation: i18n._("Time to claim from escalation"),
    response_after_claim: i18n._("Response after claim"),
    hold: i18n._("Hold time"),
    outcomes: i18n._("Outcomes"),
    contention: i18n._("Claimed too late"),
    held_sends: i18n._("Held sends"),
    duplicate_replies: i18n._("Duplicate replies"),
    bot_leakage: i18n._("Bot messages after a claim"),
  };
  return names[metric];
}

/** Which moment decides whether something is in the period. */
export function periodRule(metric: Metric): string {
  if (metric === "contention" || metric === "held_sends") return i18n._("By time of the attempt");
  if (isCount(metric)) return i18n._("By time of the message");
  return isByStart(metric) ? i18n._("By start of claim") : i18n._("By end of claim");
}

/** The same where there is little room. */
export function shortRule(metric: SpellMetric): string {
  return isByStart(metric) ? i18n._("by start") : i18n._("by end");
}

function isByStart(metric: SpellMetric): boolean {
  return metric === "claimed" || metric.startsWith("time_to_claim");
}

export function wayName(way: string): string {
  const names: Record<string, string> = {
    ui: i18n._("Claim in the app"),
    reply: i18n._("First reply"),
    bulk: i18n._("Bulk claim"),
    next: i18n._("Claim next"),
    api: "API",
    slack: "Slack",
    rule: i18n._("Rule"),
    reassign: i18n._("Reassigned to them"),
    takeover: i18n._("Taken over"),
  };
  return names[way] ?? way;
}

/** The ways in the order in which charts and tables show them. */
export const WAYS = ["ui", "reply", "bulk", "next", "api", "slack", "rule", "reassign", "takeover"] as const;

export function outcomeName(outcome: Outcome): string {
  const names: Record<Outcome, string> = {
    resolved: i18n._("Resolved"),
    released: i18n._("Released"),
    reassigned: i18n._("Reassigned"),
    taken_over: i18n._("Taken over by another"),
    handed_back: i18n._("Handed back to bot"),
    stale: i18n._("Auto-released as stale"),
    forced: i18n._("Force-released"),
    member_removed: i18n._("Member removed"),
  };
  return names[outcome];
}

export function reasonName(reason: string): string {
  const names: Record<string, string> = {
    shift_end: i18n._("End of shift"),
    wrong_person: i18n._("Wrong person"),
    customer_silent: i18n._("Customer is silent"),
    other: i18n._("Other reason"),
  };
  return names[reason] ?? reason;
}
