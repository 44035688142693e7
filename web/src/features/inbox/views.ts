/** The views, in the order of the sidebar, and what they are called. */
import { i18n } from "@lingui/core";
import {
  Archive,
  Ban,
  CheckCircle2,
  CircleDashed,
  Clock3,
  Eye,
  Inbox,
  Layers,
  type LucideIcon,
  TimerOff,
  UserRound,
  Users,
} from "lucide-react";

import type { Role } from "@/api/types";

export type View =
  | "mine"
  | "unclaimed"
  | "observing"
  | "all"
  | "snoozed"
  | "stale"
  | "resolved"
  | "others"
  | "archived"
  | "spam"
  | "any";

const LISTED: readonly View[] = ["mine", "unclaimed", "observing", "all", "snoozed", "stale", "resolved"];

/** The views that a role sees in the sidebar. */
export function viewsFor(role: Role): readonly View[] {
  return isAdmin(role) ? LISTED : LISTED.filter((view) => view !== "stale");
}

export function isAdmin(role: Role): boolean {
  return role === "admin" || role === "owner";
}

export const VIEW_ICONS: Readonly<Record<View, LucideIcon>> = {
  mine: UserRound,
  unclaimed: CircleDashed,
  observing: Eye,
  all: Inbox,
  snoozed: Clock3,
  stale: TimerOff,
  resolved: CheckCircle2,
  others: Users,
  archived: Archive,
  spam: Ban,
  any: Layers,
};

export function isView(text: string | undefined): text is View {
  return text !== undefined && text in VIEW_ICONS;
}

export function viewName(view: View): string {
  const names: Record<View, string> = {
    mine: i18n._("My conversations"),
    unclaimed: i18n._("Unclaimed"),
    observing: i18n._("Observing"),
    all: i18n._("All open"),
    snoozed: i18n._("Snoozed"),
    stale: i18n._("Stale"),
    resolved: i18n._("Resolved"),
    others: i18n._("Claimed by others"),
    archived: i18n._("Archived"),
    spam: i18n._("Spam"),
    any: i18n._("All conversations"),
  };
  return names[view];
}

/** A count as the sidebar shows it: beyond a thousand the server does not count. */
export function countText(count: { count: number; capped: boolean }): string {
  return count.capped ? `${String(count.count)}+` : String(count.count);
}
