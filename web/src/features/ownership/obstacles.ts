import { i18n } from "@lingui/core";

import type { Prospect } from "@/api/types";

import { list } from "./words";

/** Why an agent could not claim the conversation, in a few words. */
export function obstacleText(reason: Prospect["reasons"][number]): string {
  switch (reason.code) {
    case "inactive":
      return i18n._("Deactivated");
    case "forbidden":
      return i18n._("Viewer: only reads");
    case "conversation_closed":
      return i18n._("The conversation is closed");
    case "already_yours":
      return i18n._("Holds it now");
    case "already_claimed":
      return i18n._("{name} holds it now", { name: reason.assignee?.name ?? i18n._("Somebody") });
    case "pool_restricted":
      return i18n._("Not in {pools}", { pools: list((reason.pools ?? []).map(({ name }) => name)) });
    case "claim_limit_reached":
      return i18n._("At the limit: {held} of {limit}", { held: reason.held, limit: reason.limit });
  }
}
