import { QueryErrorResetBoundary } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { i18n } from "@lingui/core";
import { ChevronLeft, Lock, SearchX } from "lucide-react";
import { Suspense, useEffect, useRef, type ReactNode } from "react";

import { cx } from "@/ui/cx";
import { EmptyState } from "@/ui/EmptyState";
import { Bar, Late } from "@/ui/Skeleton";

import { PageBoundary } from "./PageBoundary";
import { PAGES } from "./pages";
import { placeAt } from "./places";
import { useIsAdmin } from "./queries";
import { SettingsNav } from "./SettingsNav";

const FIRST = "inbox";

/** All settings: the list on the left, a page on the right; where it is narrow one of them, with back. */
export function SettingsPages({ audit }: { audit: ReactNode }) {
  const { _splat: splat = "" } = useParams({ strict: false });
  const isList = splat.replaceAll("/", "") === "";
  const place = isList ? { path: FIRST, rest: "" } : placeAt(splat);
  const path = place?.path ?? "";
  const pane = useRef<HTMLDivElement>(null);
  useArrival(pane, splat);
  return (
    <div className="flex min-h-0 flex-1">
      <SettingsNav current={path} className={cx("w-full md:flex md:w-60", isList ? "flex" : "hidden")} />
      <div
        ref={pane}
        className={cx("min-w-0 flex-1 flex-col overflow-y-auto md:flex", isList ? "hidden" : "flex")}
      >
        <Link
          to="/settings/$"
          params={{ _splat: "" }}
          className="flex h-11 shrink-0 items-center gap-1 border-b border-line px-3 font-medium text-accent-ink md:hidden"
        >
          <ChevronLeft size={16} aria-hidden="true" />
          {i18n._("Settings")}
        </Link>
        <QueryErrorResetBoundary>
          {({ reset }) => (
            <PageBoundary path={splat} onRetry={reset}>
              <Suspense fallback={<Waiting />}>
                <Content path={path} rest={place?.rest ?? ""} audit={audit} />
              </Suspense>
            </PageBoundary>
          )}
        </QueryErrorResetBoundary>
      </div>
    </div>
  );
}

function Content({ path, rest, audit }: { path: string; rest: string; audit: ReactNode }) {
  const isAdmin = useIsAdmin();
  if (path === "workspace/audit") {
    if (isAdmin) return audit;
    return (
      <EmptyState icon={<Lock size={20} />} title={i18n._("The audit is for admins.")}>
        <p>
          {i18n._(
            "It lists every change that anybody made. What happened to a conversation stands in its thread.",
          )}
        </p>
      </EmptyState>
    );
  }
  const Found = PAGES[path];
  if (Found !== undefined) return <Found key={`${path}/${rest}`} rest={rest} />;
  return (
    <EmptyState icon={<SearchX size={20} />} title={i18n._("There is no setting at this address.")}>
      <Link to="/settings/$" params={{ _splat: FIRST }} className="font-medium text-accent-ink underline">
        {i18n._("Go to the inbox settings")}
      </Link>
    </EmptyState>
  );
}

/** Every page starts at its top; where the list that was clicked is gone, the focus goes to the new heading. */
function useArrival(pane: { readonly current: HTMLDivElement | null }, splat: string) {
  const before = useRef(splat);
  useEffect(() => {
    if (before.current === splat) return;
    before.current = splat;
    pane.current?.scrollTo({ top: 0 });
    const focused = document.activeElement;
    const isLost = focused === null || focused === document.body || focused.getClientRects().length === 0;
    if (isLost) pane.current?.querySelector("h1")?.focus();
  }, [pane, splat]);
}

function Waiting() {
  return (
    <Late>
      <div className="mx-auto w-full max-w-180 space-y-4 px-4 pt-9 sm:px-8">
        <Bar className="h-6 w-40" />
        <Bar className="w-72" />
        <Bar className="h-40 rounded-xl" />
        <Bar className="h-24 rounded-xl" />
      </div>
    </Late>
  );
}
