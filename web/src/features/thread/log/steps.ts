import { i18n } from "@lingui/core";

import type { Step } from "./timeline";

/** A step in words, and why, where somebody gave a reason. */
export interface StepText {
  readonly text: string;
  readonly why: string | undefined;
}

/** What a line between the messages says; `before` is the step before it, `me` reads. */
export function stepText(step: Step, before: Step | undefined, me: string): StepText {
  return { text: sentence(step, before, me), why: why(step) };
}

function sentence(step: Step, before: Step | undefined, me: string): string {
  const isMine = step.actor.id === me;
  const values = {
    me: isMine ? "yes" : "no",
    name: step.actor.name,
    owner: step.assignee?.id === me ? i18n._("you") : (step.assignee?.name ?? ""),
    former: before?.assignee?.id === me ? i18n._("you") : (before?.assignee?.name ?? ""),
  };
  switch (step.kind) {
    case "claimed":
      if (step.assignee !== null && step.assignee.id !== step.actor.id) {
        return i18n._("{me, select, yes {You} other {{name}}} assigned this to {owner}", values);
      }
      if (step.actor.via === "slack")
        return i18n._("{me, select, yes {You} other {{name}}} claimed this in Slack", values);
      return i18n._("{me, select, yes {You} other {{name}}} claimed this", values);
    case "released":
      return released(step, before, values);
    case "reassigned":
      if (step.assignee?.id === step.actor.id) {
        return i18n._("{me, select, yes {You} other {{name}}} took this over from {former}", values);
      }
      return i18n._("{me, select, yes {You} other {{name}}} reassigned this to {owner}", values);
    case "resolved":
      if (step.reason === "auto_resolve") return i18n._("Resolved by a rule: nobody wrote for a long time");
      return i18n._("{me, select, yes {You} other {{name}}} resolved this", values);
    case "reopened":
      if (step.reason === "customer_wrote") return i18n._("Reopened: the customer wrote again");
      return i18n._("{me, select, yes {You} other {{name}}} reopened this", values);
    case "snoozed":
      return i18n._("{me, select, yes {You} other {{name}}} snoozed this", values);
    case "woken":
      if (step.reason === "customer_wrote") return i18n._("Woken: the customer wrote");
      if (step.reason === "timer") return i18n._("Woken: the snooze is over");
      return i18n._("{me, select, yes {You} other {{name}}} woke this", values);
    case "archived":
      return i18n._("{me, select, yes {You} other {{name}}} archived this", values);
    case "escalated":
      return i18n._("Escalated to the team");
    case "stale":
      return i18n._("The claim of {owner} went stale", values);
    case "stale_cleared":
      return i18n._("The claim of {owner} is active again", values);
    case "takeover.requested":
      return i18n._("{me, select, yes {You} other {{name}}} asked to take over", values);
    case "takeover.answered":
      if (step.actor.type !== "agent") return i18n._("The request to take over lapsed");
      if (step.actor.id === step.assignee?.id) {
        return i18n._("{me, select, yes {You} other {{name}}} declined the request to take over", values);
      }
      return i18n._("{me, select, yes {You} other {{name}}} withdrew the request to take over", values);
    default:
      return step.kind;
  }
}

function released(step: Step, before: Step | undefined, values: Record<string, string>): string {
  switch (step.reason) {
    case "handed_back":
      return i18n._("{me, select, yes {You} other {{name}}} handed this back to the bot", values);
    case "undone":
      return i18n._("{me, select, yes {You} other {{name}}} undid the claim", values);
    case "stale":
      return i18n._("Released from {former}: no activity for a long time", values);
    case "member_removed":
      return i18n._("Released: {former} left the team", values);
  }
  const isForced = before?.assignee != null && step.actor.id !== before.assignee.id;
  if (isForced || step.reason === "forced") {
    return i18n._("{me, select, yes {You} other {{name}}} released this from {former}", values);
  }
  return i18n._("{me, select, yes {You} other {{name}}} released this", values);
}

/** Reasons that the sentence has said already, or that are none. */
const SAID = new Set([
  "handed_back",
  "resolved",
  "undone",
  "stale",
  "member_removed",
  "forced",
  "customer_wrote",
  "timer",
  "auto_resolve",
]);

function why(step: Step): string | undefined {
  const reasons: Record<string, string> = {
    shift_end: i18n._("end of shift"),
    wrong_person: i18n._("not the right person"),
    customer_silent: i18n._("the customer went silent"),
    other: i18n._("another reason"),
    on_request: i18n._("the customer asked for a person"),
    on_low_confidence: i18n._("the assistant was not sure"),
    on_frustration: i18n._("the customer is losing patience"),
  };
  // A note that came along with a change of owner is a message of its own in the thread.
  const note = step.kind === "takeover.requested" ? step.note : null;
  if (step.reason === null) return note ?? undefined;
  return SAID.has(step.reason) ? undefined : (reasons[step.reason] ?? step.reason);
}
