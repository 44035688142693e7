import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Outlet, useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";

import { onSignedOut } from "@/api/client";
import { meQuery } from "@/api/queries";
import { setKeymap, onKeyDown } from "@/keyboard/dispatch";
import { keymap } from "@/keyboard/keys";
import { useLive } from "@/realtime/hooks";
import { connect } from "@/realtime/socket";
import { Boundary } from "@/ui/Boundary";

import { ConnectionBanner } from "./ConnectionBanner";
import { Sidebar } from "./Sidebar";
import { dress } from "./theme";

/** What surrounds every page of somebody who is signed in. */
export function AppShell() {
  useSession();
  useFreshness();
  return (
    <div className="flex h-dvh flex-col overflow-hidden">
      <ConnectionBanner />
      <div className="flex min-h-0 flex-1">
        <Sidebar />
        <main id="main" className="flex min-w-0 flex-1 flex-col">
          <Boundary>
            <Outlet />
          </Boundary>
        </main>
      </div>
    </div>
  );
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
    if (everything > 0) void client.invalidateQueries();
  }, [client, everything]);
}
