import { i18n } from "@lingui/core";

import { moment } from "@/ui/time";

import type { Lock } from "./rights";

/** Why a reply is locked, in a sentence that says what would unlock it. */
export function lockText(lock: Lock): string {
  switch (lock.why) {
    case "viewer":
      return i18n._("You can read here. To write, ask an admin for the role agent.");
    case "closed":
      return lock.status === "archived"
        ? i18n._("This conversation is archived. Reopen it to reply; notes always work.")
        : i18n._("This conversation is resolved. Reopen it to reply; notes always work.");
    case "held":
      return i18n._("Claimed by {name}: only they reply. Your notes stay inside the team.", {
        name: lock.by.name ?? i18n._("somebody"),
      });
    case "pools":
      return i18n._("{pools} only: you are not in the pool that answers this. Notes always work.", {
        pools: lock.pools.map((pool) => pool.name).join(", "),
      });
    case "window":
      return i18n._(
        "WhatsApp takes replies for 24 hours after the customer's last message; that ended {when}. A template can still be sent, and notes always work.",
        { when: moment(lock.until) },
      );
    case "limit":
      return i18n._("{held} of {limit} held: replying would claim one more. Release or resolve one first.", {
        held: lock.held,
        limit: lock.limit,
      });
  }
}
