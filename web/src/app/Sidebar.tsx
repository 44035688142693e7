import { i18n } from "@lingui/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Activity, BookOpen, ChartNoAxesColumn, Search, Settings } from "lucide-react";
import type { ReactNode } from "react";

import { meQuery } from "@/api/queries";
import { useFocusSearch } from "@/features/inbox/SearchBox";
import { ViewsPane } from "@/features/inbox/ViewsPane";
import { isAdmin } from "@/features/inbox/views";
import { Bell } from "@/features/notifications/Bell";
import { Keys } from "@/ui/Keys";
import { useIsWide } from "@/ui/media";

import { PersonMenu } from "./PersonMenu";

/** Views, other places, and the person: always there where there is room for it. */
export function Sidebar() {
  if (!useIsWide()) return null;
  return (
    <div className="flex w-52 shrink-0 flex-col border-r border-line bg-sunken min-[90rem]:w-56">
      <SidebarContent />
    </div>
  );
}

/** What the sidebar holds. `onChosen` is called when somebody goes somewhere. */
export function SidebarContent({ onChosen }: { onChosen?: () => void }) {
  const { data: me } = useQuery(meQuery);
  const search = useFocusSearch();
  const chosen = onChosen && { onChosen };
  return (
    <nav aria-label={i18n._("Main")} className="flex min-h-0 flex-1 flex-col">
      <div className="flex h-12 shrink-0 items-center gap-2 pr-2 pl-4">
        <span
          aria-hidden="true"
          className="flex size-6 items-center justify-center rounded-lg bg-accent text-xs font-bold text-on-accent"
        >
          {me?.workspace.name.slice(0, 1)}
        </span>
        <span className="min-w-0 flex-1 truncate font-semibold">{me?.workspace.name}</span>
        <Bell {...chosen} />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-2 pb-3">
        <button
          type="button"
          onClick={() => {
            onChosen?.();
            search();
          }}
          className="mb-2 flex h-8 w-full items-center gap-2.5 rounded-lg border border-line bg-surface px-2 text-[0.8125rem] text-quiet hover:border-line-strong"
        >
          <Search size={15} aria-hidden="true" />
          <span className="flex-1 text-left">{i18n._("Search")}</span>
          <Keys action="search" />
        </button>
        <ViewsPane {...chosen} />
        <h2 className="px-2 pt-4 pb-1 text-xs font-medium text-quiet">{i18n._("Dashboard")}</h2>
        <Place to="/dashboard/analytics" icon={<ChartNoAxesColumn size={16} />} {...chosen}>
          {i18n._("Agent Performance")}
        </Place>
        {me !== undefined && isAdmin(me.role) && (
          <Place to="/dashboard/board" icon={<Activity size={16} />} {...chosen}>
            {i18n._("Live board")}
          </Place>
        )}
      </div>
      <div className="shrink-0 border-t border-line p-2">
        <Place to="/articles" icon={<BookOpen size={16} />} {...chosen}>
          {i18n._("Articles")}
        </Place>
        <Place to="/settings/$" icon={<Settings size={16} />} {...chosen}>
          {i18n._("Settings")}
        </Place>
        {me !== undefined && <PersonMenu me={me} {...chosen} />}
      </div>
    </nav>
  );
}

function Place({
  to,
  icon,
  children,
  onChosen,
}: {
  to: "/dashboard/analytics" | "/dashboard/board" | "/articles" | "/settings/$";
  icon: ReactNode;
  children: ReactNode;
  onChosen?: () => void;
}) {
  return (
    <Link
      to={to}
      {...(to === "/settings/$" && { params: { _splat: "" } })}
      onClick={onChosen}
      activeOptions={{ exact: false }}
      activeProps={{ className: "bg-chosen font-semibold text-accent-ink" }}
      inactiveProps={{ className: "font-medium hover:bg-hover" }}
      className="flex h-8 items-center gap-2.5 rounded-lg px-2 text-[0.8125rem]"
    >
      <span aria-hidden="true" className="text-quiet">
        {icon}
      </span>
      {children}
    </Link>
  );
}
