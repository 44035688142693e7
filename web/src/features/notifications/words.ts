import { i18n } from "@lingui/core";

import type { Notification } from "@/api/types";
import { moment } from "@/ui/time";

const MOST_COUNTED = 99;
const INSTANT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;

/** What a kind of notification is about. */
export function kindText(kind: Notification["kind"]): string {
  const texts: Record<Notification["kind"], string> = {
    customer_reply: i18n._("Customer reply"),
    unclaimed_waiting: i18n._("Waiting in Unclaimed"),
    reassigned: i18n._("Given to you"),
    takeover_requested: i18n._("Take-over asked"),
    takeover_answered: i18n._("Take-over answered"),
    claim_stale: i18n._("Stale claim"),
    claim_expiring: i18n._("Claim about to be released"),
    released: i18n._("Taken from you"),
    mention: i18n._("Mention"),
  };
  return texts[kind] ?? kind;
}

/** The sentence, with moments as people write them. */
export function sentence({ text }: Notification): string {
  return text.replace(INSTANT, (instant) => moment(instant));
}

export function countText(count: number): string {
  return count > MOST_COUNTED ? `${String(MOST_COUNTED)}+` : String(count);
}

/** The page's title with how many are unseen. */
export function titleText(count: number): string {
  return count === 0 ? "Dibs" : `(${countText(count)}) Dibs`;
}
