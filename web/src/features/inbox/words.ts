/** A row in words. */
import { i18n } from "@lingui/core";

import type { Conversation } from "@/api/types";
import { channelName } from "@/ui/channels";
import { customerName } from "@/ui/ownership";
import { moment } from "@/ui/time";

import { isInView, type List } from "./matches";

/** "Claimed by Sam", "You", "Unclaimed". */
export function ownerText(conversation: Conversation, me: string): string {
  const { assignee } = conversation;
  if (assignee === null) return i18n._("Unclaimed");
  if (assignee.id === me) return i18n._("Claimed by you");
  return i18n._("Claimed by {name}", { name: assignee.name ?? i18n._("somebody") });
}

/** Why a row is still there though it no longer belongs to the list. */
export function goneText(conversation: Conversation, list: List): string {
  if (conversation.spam) return i18n._("Spam");
  if (isInView(conversation, list)) return i18n._("No longer matches the filters");
  switch (conversation.status) {
    case "resolved":
      return i18n._({ id: "Resolved (one)", message: "Resolved" });
    case "archived":
      return i18n._({ id: "Archived (one)", message: "Archived" });
    case "snoozed":
      return conversation.snoozed_until === null
        ? i18n._("Snoozed until the customer replies")
        : i18n._("Snoozed until {time}", { time: moment(conversation.snoozed_until) });
    case "open":
      if (list.view === "snoozed") return i18n._("Awake again");
      if (list.view === "resolved" || list.view === "archived") return i18n._("Reopened");
      return list.view === "stale" ? i18n._("No longer stale") : ownerText(conversation, list.me);
  }
}

/** Whether the bot would answer the next message. */
export function isBotServing({ status, bot_paused, escalated_at, assignee }: Conversation): boolean {
  return status === "open" && !bot_paused && escalated_at === null && assignee === null;
}

/** How a row is called: "Ana Ruiz, WhatsApp, waiting 12 minutes, claimed by Sam". */
export function spokenName(
  conversation: Conversation,
  me: string,
  now: number,
  more: readonly string[] = [],
): string {
  const { waiting_since, channel, assignee } = conversation;
  const parts = [customerName(conversation), channelName(channel)];
  if (waiting_since !== null) parts.push(spokenWaiting(now - Date.parse(waiting_since)));
  if (assignee === null) parts.push(i18n._("unclaimed"));
  else if (assignee.id === me) parts.push(i18n._("claimed by you"));
  else parts.push(i18n._("claimed by {name}", { name: assignee.name ?? i18n._("somebody") }));
  return [...parts, ...more].join(", ");
}

function spokenWaiting(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return i18n._("waiting less than a minute");
  if (minutes < 60)
    return i18n._("{minutes, plural, one {waiting # minute} other {waiting # minutes}}", { minutes });
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return i18n._("{hours, plural, one {waiting # hour} other {waiting # hours}}", { hours });
  const days = Math.floor(hours / 24);
  return i18n._("{days, plural, one {waiting # day} other {waiting # days}}", { days });
}
