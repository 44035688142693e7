/** Where each setting is. The order is the navigation's. */
import { i18n } from "@lingui/core";
import {
  Bell,
  Bot,
  CalendarClock,
  CircleCheckBig,
  Gauge,
  Hourglass,
  Inbox,
  Keyboard,
  KeyRound,
  MessageSquareQuote,
  Plug,
  ScrollText,
  SlidersHorizontal,
  Tags,
  UserRound,
  UsersRound,
  Workflow,
  type LucideIcon,
} from "lucide-react";

export interface Place {
  /** Under /settings/. */
  readonly path: string;
  readonly label: string;
  readonly icon: LucideIcon;
}

export interface PlaceGroup {
  readonly id: string;
  readonly label: string;
  readonly places: readonly Place[];
}

export function placeGroups(): PlaceGroup[] {
  return [
    {
      id: "personal",
      label: i18n._("Personal"),
      places: [
        { path: "inbox", label: i18n._("Inbox"), icon: Inbox },
        { path: "notifications", label: i18n._("Notifications"), icon: Bell },
        { path: "keyboard", label: i18n._("Keyboard"), icon: Keyboard },
        { path: "profile", label: i18n._("Profile"), icon: UserRound },
      ],
    },
    {
      id: "team",
      label: i18n._("Team"),
      places: [
        { path: "team/members", label: i18n._("Members"), icon: UsersRound },
        { path: "team/pools", label: i18n._("Pools"), icon: Workflow },
        { path: "team/tags", label: i18n._("Tags"), icon: Tags },
        { path: "team/canned-replies", label: i18n._("Canned replies"), icon: MessageSquareQuote },
      ],
    },
    {
      id: "workspace",
      label: i18n._("Workspace"),
      places: [
        { path: "workspace/general", label: i18n._("General"), icon: SlidersHorizontal },
        { path: "workspace/channels", label: i18n._("Channels"), icon: Plug },
        { path: "workspace/bot-behavior", label: i18n._("Bot Behavior"), icon: Bot },
        { path: "workspace/stale-claim", label: i18n._("Stale Claim"), icon: Hourglass },
        { path: "workspace/limits", label: i18n._("Limits"), icon: Gauge },
        { path: "workspace/auto-resolve", label: i18n._("Auto-resolve"), icon: CircleCheckBig },
        { path: "workspace/business-hours", label: i18n._("Business hours"), icon: CalendarClock },
        { path: "workspace/api-keys", label: i18n._("API keys"), icon: KeyRound },
        { path: "workspace/audit", label: i18n._("Audit"), icon: ScrollText },
      ],
    },
  ];
}

/** The place that an address below /settings/ leads to, and what follows it. */
export function placeAt(splat: string): { path: string; rest: string } | null {
  const wanted = splat.replace(/\/+$/, "");
  for (const group of placeGroups()) {
    for (const { path } of group.places) {
      if (wanted === path) return { path, rest: "" };
      if (wanted.startsWith(`${path}/`)) return { path, rest: wanted.slice(path.length + 1) };
    }
  }
  return null;
}
