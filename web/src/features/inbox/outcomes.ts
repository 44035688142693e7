/** The outcomes of a bulk action in words, grouped. */
import { i18n } from "@lingui/core";

import { customerName } from "@/ui/ownership";

import type { BulkAction, BulkOutcome, BulkResult } from "./bulk";

export interface OutcomeGroup {
  readonly outcome: string;
  readonly title: string;
  readonly isGood: boolean;
  readonly items: readonly { id: string; name: string; detail: string | undefined }[];
}

const GOOD = ["claimed", "done", "already_yours", "unchanged"];

/** What happened, what succeeded first; every conversation is named. */
export function grouped(result: BulkResult): OutcomeGroup[] {
  const outcomes = [...new Set(result.results.map(({ outcome }) => outcome))];
  const groups = outcomes.map((outcome): OutcomeGroup => {
    const all = result.results.filter((each) => each.outcome === outcome);
    return {
      outcome,
      title: outcomeTitle(outcome, all.length, result),
      isGood: GOOD.includes(outcome),
      items: all.map((each) => ({
        id: each.id,
        name: nameOf(each.id, result),
        detail: detailOf(each),
      })),
    };
  });
  const place = ({ outcome }: OutcomeGroup) => {
    const at = GOOD.indexOf(outcome);
    return at < 0 ? GOOD.length : at;
  };
  return groups.sort((a, b) => place(a) - place(b));
}

/** "20 claimed, 30 not". */
export function summary(result: BulkResult): string {
  const done = result.results.filter(({ outcome }) => outcome === "claimed" || outcome === "done").length;
  const kept = result.results.filter(({ outcome }) => GOOD.includes(outcome)).length - done;
  const parts = [doneText(result.action, done)];
  if (kept > 0) parts.push(i18n._("{count} unchanged", { count: kept }));
  const failed = result.results.length - done - kept;
  if (failed > 0) parts.push(i18n._("{count} not", { count: failed }));
  return parts.join(", ");
}

export function doneText(action: BulkAction, count: number): string {
  const texts: Record<BulkAction, string> = {
    claim: i18n._("{count} claimed", { count }),
    release: i18n._("{count} released", { count }),
    reassign: i18n._("{count} reassigned", { count }),
    resolve: i18n._("{count} resolved", { count }),
    snooze: i18n._("{count} snoozed", { count }),
    tag: i18n._("{count} tagged", { count }),
  };
  return texts[action];
}

function outcomeTitle(outcome: string, count: number, { action, limit }: BulkResult): string {
  const titles: Record<string, string> = {
    claimed: doneText("claim", count),
    done: doneText(action, count),
    already_yours: i18n._("{count} already yours", { count }),
    unchanged: i18n._("{count} already so, nothing to change", { count }),
    already_claimed: i18n._("{count} claimed by somebody else", { count }),
    pool_restricted: i18n._("{count} for a pool that does not include you", { count }),
    claim_limit_reached:
      limit === undefined
        ? i18n._("{count} over the limit", { count })
        : i18n._("{count} over the limit of {limit}", { count, limit }),
    conversation_closed: i18n._("{count} closed meanwhile", { count }),
    not_claimed: i18n._("{count} claimed by nobody", { count }),
    not_found: i18n._("{count} no longer there", { count }),
    forbidden: i18n._("{count} not allowed for your role", { count }),
    stale_epoch: i18n._("{count} changed owner meanwhile", { count }),
  };
  return titles[outcome] ?? i18n._("{count} refused ({outcome})", { count, outcome });
}

function nameOf(id: string, { before }: BulkResult): string {
  const known = before.get(id);
  return known === undefined ? id : customerName(known);
}

function detailOf({ outcome, assignee, pools }: BulkOutcome): string | undefined {
  if (outcome === "already_claimed" && assignee?.name)
    return i18n._("Claimed by {name}", { name: assignee.name });
  if (pools !== undefined && pools.length > 0) return pools.map(({ name }) => name).join(", ");
  return undefined;
}
