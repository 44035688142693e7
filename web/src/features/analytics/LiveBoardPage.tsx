import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { i18n } from "@lingui/core";
import { Maximize, ShieldCheck } from "lucide-react";
import { useEffect, useRef } from "react";

import { onFlush } from "@/realtime/store";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { Failed } from "@/ui/Failed";
import { Bar, Late } from "@/ui/Skeleton";

import { boardQuery } from "./boardQuery";
import { BoardTiles } from "./BoardTiles";
import { DashboardHeader, useIsAdmin } from "./DashboardHeader";
import { Freshness } from "./Freshness";
import { LoadTable } from "./LoadTable";
import { throttled } from "./throttled";

const AT_MOST_EVERY_MS = 1_000;

/** Dashboard > Live board: what waits and who carries what, now. For leads, and for a screen on the wall. */
export function LiveBoardPage() {
  const { isAdmin } = useIsAdmin();
  if (isAdmin === undefined) return null;
  return isAdmin ? <LiveBoard /> : <NotForAgents />;
}

function LiveBoard() {
  const board = useQuery(boardQuery);
  const page = useRef<HTMLDivElement>(null);
  useLiveRefresh();
  return (
    <div ref={page} className="@container min-h-0 flex-1 overflow-y-auto bg-page">
      <div className="mx-auto max-w-[110rem] space-y-4 p-4 sm:p-6">
        <DashboardHeader
          title={i18n._("Live board")}
          detail={board.data === undefined ? i18n._("Loading…") : <Freshness at={board.data.at} />}
        >
          {document.fullscreenEnabled && (
            <Button icon={<Maximize size={14} />} onClick={() => void toggleFullScreen(page.current)}>
              {i18n._("Full screen")}
            </Button>
          )}
        </DashboardHeader>
        {board.data !== undefined ? (
          <>
            <BoardTiles board={board.data} />
            <LoadTable agents={board.data.agents} />
          </>
        ) : board.isError ? (
          <Failed
            title={i18n._("The board could not be read.")}
            error={board.error}
            onRetry={() => void board.refetch()}
          />
        ) : (
          <Late>
            <div className="grid grid-cols-2 gap-3 lg:grid-cols-4">
              {[1, 2, 3, 4].map((each) => (
                <Bar key={each} className="h-28 rounded-xl" />
              ))}
            </div>
          </Late>
        )}
      </div>
    </div>
  );
}

/** Reads the board again when something happened, at most once a second. */
function useLiveRefresh() {
  const client = useQueryClient();
  useEffect(() => {
    const { ask, stop } = throttled(() => {
      // What cannot be read is tried again by the clock, not by every event.
      if (client.getQueryState(boardQuery.queryKey)?.status === "error") return;
      void client.invalidateQueries(boardQuery, { cancelRefetch: false });
    }, AT_MOST_EVERY_MS);
    const stopListening = onFlush(ask);
    return () => {
      stopListening();
      stop();
    };
  }, [client]);
}

async function toggleFullScreen(page: HTMLElement | null): Promise<void> {
  if (document.fullscreenElement !== null) await document.exitFullscreen();
  else await page?.requestFullscreen();
}

function NotForAgents() {
  return (
    <EmptyState icon={<ShieldCheck size={20} />} title={i18n._("Only admins see the board.")}>
      <p>
        {i18n._("It shows what waits and how much everybody carries. Your own figures are yours to see.")}
      </p>
      <Link to="/dashboard/analytics" className="font-medium text-accent-ink underline underline-offset-2">
        {i18n._("Open Agent Performance")}
      </Link>
    </EmptyState>
  );
}
