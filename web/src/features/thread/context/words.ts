import { i18n } from "@lingui/core";

import type { Conversation } from "@/api/types";

export const PRIORITIES = ["low", "normal", "high", "urgent"] as const;

export function priorityName(priority: Conversation["priority"]): string {
  const names: Record<Conversation["priority"], string> = {
    low: i18n._("Low"),
    normal: i18n._("Normal"),
    high: i18n._("High"),
    urgent: i18n._("Urgent"),
  };
  return names[priority];
}

export function statusName(status: Conversation["status"]): string {
  const names: Record<Conversation["status"], string> = {
    open: i18n._("Open"),
    snoozed: i18n._({ id: "Snoozed (one)", message: "Snoozed" }),
    resolved: i18n._({ id: "Resolved (one)", message: "Resolved" }),
    archived: i18n._({ id: "Archived (one)", message: "Archived" }),
  };
  return names[status];
}

/** A language by its name in ours: "es" is Spanish. */
export function languageName(code: string): string {
  const name = new Intl.DisplayNames([i18n.locale], { type: "language", fallback: "code" }).of(code) ?? code;
  return name.charAt(0).toLocaleUpperCase(i18n.locale) + name.slice(1);
}
