/** What stands in a thread, in order: days, messages, steps of the conversation, what is still being sent. */
import type { components } from "@/api/schema";
import type { Message } from "@/api/types";

import type { Outgoing } from "../composer/outbox";

export type Step = components["schemas"]["HistoryEntry"];

export type Entry =
  | { readonly type: "day"; readonly key: string; readonly at: string }
  | { readonly type: "message"; readonly key: string; readonly message: Message; readonly continues: boolean }
  | { readonly type: "step"; readonly key: string; readonly step: Step; readonly before: Step | undefined }
  | { readonly type: "outgoing"; readonly key: string; readonly outgoing: Outgoing };

/** Messages of one author in this time stand together under one name. */
const TOGETHER_MS = 5 * 60_000;

/**
 * Merges by time. Steps older than the first message that is here wait for older pages (`hasOlder`).
 * What is being sent comes last; once its message is here, by `client_id`, only that is shown. Pure.
 */
export function timeline(
  messages: readonly Message[],
  steps: readonly Step[],
  outgoing: readonly Outgoing[],
  hasOlder: boolean,
): readonly Entry[] {
  const entries: Entry[] = [];
  const first = messages[0]?.created_at;
  const shown = steps
    .map((step, index) => ({ step, before: steps[index - 1] }))
    .filter(({ step }) => !isEcho(step, steps));
  const waiting = hasOlder ? shown.filter(({ step }) => first !== undefined && step.at >= first) : shown;
  let next = 0;
  let above: Message | undefined;
  const onDay = (at: string) => {
    const key = new Date(at).toDateString();
    const last = entries.findLast((entry) => entry.type === "day");
    if (last?.key === key) return;
    entries.push({ type: "day", key, at });
    above = undefined;
  };
  const stepsUntil = (at: string | undefined) => {
    for (let each = waiting[next]; each !== undefined && isBefore(each.step, at); each = waiting[++next]) {
      onDay(each.step.at);
      entries.push({ type: "step", key: `step-${shown.indexOf(each)}`, ...each });
      above = undefined;
    }
  };
  for (const message of messages) {
    stepsUntil(message.created_at);
    onDay(message.created_at);
    // Keyed by what it was sent with, so that the entry stays the same one when it is confirmed.
    const key = message.client_id ?? message.id;
    entries.push({ type: "message", key, message, continues: follows(above, message) });
    above = message;
  }
  stepsUntil(undefined);
  const confirmed = new Set(messages.map((message) => message.client_id));
  for (const each of outgoing) {
    if (!confirmed.has(each.clientId)) entries.push({ type: "outgoing", key: each.clientId, outgoing: each });
  }
  return entries;
}

/** A request that ends because the owner changes: that change says it all. */
function isEcho(step: Step, steps: readonly Step[]): boolean {
  return step.kind === "takeover.answered" && steps.some((each) => each !== step && each.at === step.at);
}

/** A reply that claims is one moment with its claim, one that resolves with its end: the claim comes first, the end last. */
function isBefore(step: Step, at: string | undefined): boolean {
  return at === undefined || step.at < at || (step.at === at && step.kind !== "resolved");
}

function follows(above: Message | undefined, message: Message): boolean {
  return (
    above !== undefined &&
    above.kind === message.kind &&
    above.author.id === message.author.id &&
    Date.parse(message.created_at) - Date.parse(above.created_at) < TOGETHER_MS
  );
}
