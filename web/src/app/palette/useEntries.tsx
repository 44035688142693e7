import { useQuery } from "@tanstack/react-query";
import { i18n } from "@lingui/core";
import { useNavigate } from "@tanstack/react-router";
import {
  Activity,
  BookOpen,
  Bookmark,
  ChartNoAxesColumn,
  MessageSquareText,
  Zap,
  type LucideIcon,
} from "lucide-react";

import { meQuery, savedViewsQuery } from "@/api/queries";
import { filtersOf } from "@/features/inbox/search";
import { VIEW_ICONS, viewName, viewsFor } from "@/features/inbox/views";
import { placeGroups } from "@/features/settings/places";
import { actionLabel, type ActionId } from "@/keyboard/actions";
import { keysOf, offered } from "@/keyboard/dispatch";
import { actionGroups } from "@/keyboard/groups";
import { useLive } from "@/realtime/hooks";
import { customerName } from "@/ui/ownership";

import { recentConversations } from "./recent";

/** A line of the palette. */
export interface Entry {
  readonly id: string;
  readonly label: string;
  readonly icon: LucideIcon;
  /** Says which of several alike it is. */
  readonly hint?: string;
  readonly action?: ActionId;
  readonly isEnabled: boolean;
  readonly run: () => void;
}
export interface EntryGroup {
  readonly id: string;
  readonly label: string;
  readonly items: readonly Entry[];
}

/** Actions that only mean something under the fingers: in the palette they would do nothing useful. */
const KEYS_ONLY = new Set<ActionId>([
  "palette",
  "next",
  "previous",
  "open",
  "back",
  "select",
  "select-range",
]);

/** Everything that can be done from here, places to go, and conversations to go back to. */
export function useEntries(): EntryGroup[] {
  const conversations = useLive((state) => state.conversations);
  const places = usePlaces();
  const navigate = useNavigate();
  const order = actionGroups().flatMap((group) => group.actions.map((id) => `do:${id}`));
  const actions = offered()
    .filter(({ id }) => !KEYS_ONLY.has(id))
    .map(({ id, isEnabled, run }): Entry => {
      const action = keysOf(id) === null ? {} : { action: id };
      return { id: `do:${id}`, label: actionLabel(id), icon: Zap, isEnabled, run, ...action };
    })
    .sort((a, b) => Number(b.isEnabled) - Number(a.isEnabled) || order.indexOf(a.id) - order.indexOf(b.id));
  const recent = recentConversations().flatMap((id): Entry[] => {
    const conversation = conversations.get(id);
    if (conversation === undefined) return [];
    return [
      {
        id: `open:${id}`,
        label: customerName(conversation),
        icon: MessageSquareText,
        isEnabled: true,
        run: () => void navigate({ to: "/conversations/$conversationId", params: { conversationId: id } }),
        ...(conversation.preview !== null && { hint: conversation.preview }),
      },
    ];
  });
  return [
    { id: "actions", label: i18n._("Actions"), items: actions },
    { id: "recent", label: i18n._("Recent conversations"), items: recent },
    ...places,
  ];
}

function usePlaces(): EntryGroup[] {
  const { data: me } = useQuery(meQuery);
  const { data: saved = [] } = useQuery(savedViewsQuery);
  const navigate = useNavigate();
  if (me === undefined) return [];
  const go = (id: string, label: string, icon: LucideIcon, run: () => void, hint?: string): Entry => ({
    id,
    label,
    icon,
    run,
    isEnabled: true,
    ...(hint !== undefined && { hint }),
  });
  const isAdmin = me.role === "admin" || me.role === "owner";
  const views = [...viewsFor(me.role), "archived" as const, "spam" as const].map((view) =>
    go(
      `view:${view}`,
      viewName(view),
      VIEW_ICONS[view],
      () => void navigate({ to: "/inbox/$view", params: { view } }),
    ),
  );
  const savedViews = saved.map(({ id, name, filters }) =>
    go(
      `saved:${id}`,
      name,
      Bookmark,
      () =>
        void navigate({
          to: "/inbox/$view",
          params: { view: filters.view ?? "all" },
          search: filtersOf(filters),
        }),
      i18n._("Saved view"),
    ),
  );
  const settings = placeGroups().flatMap(({ label, places }) =>
    places.map((place) =>
      go(
        `settings:${place.path}`,
        place.label,
        place.icon,
        () => void navigate({ to: "/settings/$", params: { _splat: place.path } }),
        i18n._("Settings · {group}", { group: label }),
      ),
    ),
  );
  const dashboard = [
    go(
      "analytics",
      i18n._("Agent Performance"),
      ChartNoAxesColumn,
      () => void navigate({ to: "/dashboard/analytics" }),
    ),
    ...(isAdmin
      ? [go("board", i18n._("Live board"), Activity, () => void navigate({ to: "/dashboard/board" }))]
      : []),
    go("articles", i18n._("Articles"), BookOpen, () => void navigate({ to: "/articles" })),
  ];
  return [
    { id: "views", label: i18n._("Views"), items: [...views, ...savedViews] },
    { id: "dashboard", label: i18n._("Dashboard"), items: dashboard },
    { id: "settings", label: i18n._("Settings"), items: settings },
  ];
}
