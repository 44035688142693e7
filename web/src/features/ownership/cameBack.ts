/** Why an unclaimed conversation is back: nobody gave it away, it was taken. Pure. */
import type { HistoryEntry, Named } from "@/api/types";

export interface CameBack {
  readonly from: Named;
  readonly why: "stale" | "forced";
  readonly by: string | null;
  readonly reason: string | null;
  readonly at: string;
}

/** Who held it and why it came back, if its last change of owner was a release by somebody else than the owner. */
export function cameBack(history: readonly HistoryEntry[]): CameBack | undefined {
  const last = history.findLast(({ kind }) => kind === "released");
  if (last === undefined || last.epoch === null) return undefined;
  const before = history.findLast(
    ({ epoch, assignee }) => assignee !== null && epoch !== null && last.epoch !== null && epoch < last.epoch,
  );
  if (!before?.assignee || before.assignee.id === last.actor.id) return undefined;
  const why = last.actor.type === "system" ? "stale" : "forced";
  return { from: before.assignee, why, by: last.actor.name, reason: last.reason, at: last.at };
}
