import { i18n } from "@lingui/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Outlet, useNavigate, useRouterState } from "@tanstack/react-router";
import { useEffect } from "react";

import { api, onSignedOut } from "@/api/client";
import { meQuery } from "@/api/queries";
import { NotificationWatch } from "@/features/notifications/NotificationWatch";
import { OwnershipWatch } from "@/features/ownership/OwnershipWatch";
import { setKeymap, onKeyDown } from "@/keyboard/dispatch";
import { keymap } from "@/keyboard/keys";
import { useLive } from "@/realtime/hooks";
import { connect } from "@/realtime/socket";
import { getState } from "@/realtime/store";
import { Boundary } from "@/ui/Boundary";
import { useIsWide } from "@/ui/media";

import { ConnectionBanner } from "./ConnectionBanner";
import { beat } from "./heartbeat";
import { MenuButton } from "./MenuButton";
import { Commands } from "./palette/Commands";
import { useRest } from "./rest";
import { Sidebar } from "./Sidebar";
import { dress } from "./theme";
import { useGoKeys } from "./useGoKeys";

/** What surrounds every page of somebody who is signed in. */
export function AppShell() {
  useSession();
  useFreshness();
  useGoKeys();
  useRest();
  useEffect(beat, []);
  const isInbox = useRouterState({ select: ({ location }) => location.pathname.startsWith("/inbox") });
  useFirstCursor(isInbox);
  return (
    <div className="flex h-dvh flex-col overflow-hidden">
      <a
        href="#main"
        className="fixed top-2 left-2 z-50 -translate-y-16 rounded-lg bg-accent px-3 py-2 font-medium text-on-accent focus:translate-y-0"
      >
        {i18n._("Skip to the content")}
      </a>
      <ConnectionBanner />
      <div className="flex min-h-0 flex-1">
        <Sidebar />
        <main id="main" tabIndex={-1} className="flex min-w-0 flex-1 flex-col outline-none">
          {!isInbox && <NarrowBar />}
          <Boundary>
            <Outlet />
          </Boundary>
        </main>
      </div>
      <OwnershipWatch />
      <NotificationWatch />
      <Commands />
    </div>
  );
}

/** The way to the sidebar on pages that have none of their own; nothing where it is always there. */
function NarrowBar() {
  const { data: me } = useQuery(meQuery);
  if (useIsWide()) return null;
  return (
    <div className="flex h-12 shrink-0 items-center gap-2 border-b border-line bg-surface px-3.5">
      <MenuButton />
      <span className="truncate font-semibold">{me?.workspace.name}</span>
    </div>
  );
}

/** Lists say from where events are to be told. A page without one asks for the smallest. */
function useFirstCursor(isInbox: boolean) {
  useEffect(() => {
    if (isInbox || getState().cursor !== null) return;
    api.GET("/v1/conversations", { params: { query: { view: "mine", limit: 1 } } }).catch(() => undefined);
  }, [isInbox]);
}

/** The socket, the keys, and the way to the sign-in page when the session ends. */
function useSession() {
  const navigate = useNavigate();
  const client = useQueryClient();
  const { data: me } = useQuery(meQuery);
  useEffect(() => {
    if (me === undefined) return;
    setKeymap(keymap(me.preferences));
    dress(me.preferences.theme);
  }, [me]);
  useEffect(() => {
    const leave = () => {
      client.removeQueries(meQuery);
      // The socket says so too, and every request: the first one knew where we were.
      if (location.pathname === "/sign-in") return;
      void navigate({ to: "/sign-in", search: { back: location.pathname + location.search } });
    };
    const stops = [onSignedOut(leave), connect(leave)];
    window.addEventListener("keydown", onKeyDown);
    return () => {
      window.removeEventListener("keydown", onKeyDown);
      for (const stop of stops) stop();
    };
  }, [navigate, client]);
}

/** Reads again what events only announce: agents, settings, pools, tags; everything after a reset. */
function useFreshness() {
  const client = useQueryClient();
  const { agents, settings, everything } = useLive((state) => state.stamps);
  useEffect(() => {
    if (agents > 0) void client.invalidateQueries({ queryKey: ["agents"] });
    if (agents > 0) void client.invalidateQueries({ queryKey: ["me"] });
  }, [client, agents]);
  useEffect(() => {
    if (settings === 0) return;
    for (const key of ["settings", "pools", "tags"]) void client.invalidateQueries({ queryKey: [key] });
  }, [client, settings]);
  useEffect(() => {
    // Lists read their first page themselves: all of their pages would be far too many.
    if (everything > 0)
      void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "list" });
  }, [client, everything]);
}
