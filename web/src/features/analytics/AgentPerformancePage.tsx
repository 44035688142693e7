import { useQuery } from "@tanstack/react-query";
import { i18n } from "@lingui/core";
import { Suspense } from "react";

import { Boundary } from "@/ui/Boundary";
import { cx } from "@/ui/cx";
import { Failed } from "@/ui/Failed";
import { lazily } from "@/ui/lazily";
import { Bar, Late } from "@/ui/Skeleton";

import { AgentTable } from "./AgentTable";
import { BehindDrawer } from "./BehindDrawer";
import { DashboardHeader, useIsAdmin } from "./DashboardHeader";
import { ExportMenu } from "./ExportMenu";
import { totals, type Performance } from "./figures";
import { NothingInPeriod } from "./NothingInPeriod";
import { OpenWaits } from "./OpenWaits";
import { PeriodBar } from "./PeriodBar";
import { askedPeriod, periodBefore, periodText, type Period } from "./periods";
import { performanceQuery } from "./queries";
import { Summary } from "./Summary";
import { useAnalyticsSearch } from "./useAnalyticsSearch";

const Charts = lazily(async () => ({ default: (await import("./charts/Charts")).Charts }));

/** Dashboard > Analytics > Agent Performance. The address says everything that is chosen. */
export function AgentPerformancePage() {
  const [search] = useAnalyticsSearch();
  const { isAdmin } = useIsAdmin();
  const period = askedPeriod(search);
  const time = search.time ?? "elapsed";
  const found = useQuery(performanceQuery(period, time));
  const before = useBefore(period, found.isPlaceholderData ? undefined : found.data);
  return (
    <div className="min-h-0 flex-1 overflow-y-auto bg-page">
      <div className="mx-auto max-w-[90rem] space-y-4 p-4 sm:p-6">
        <DashboardHeader
          title={i18n._("Agent Performance")}
          detail={found.data === undefined ? i18n._("Loading…") : subtitle(found.data, isAdmin)}
        >
          <ExportMenu period={period} time={time} />
        </DashboardHeader>
        <PeriodBar before={before.data === undefined ? undefined : periodText(before.data)} />
        {found.isError && found.data === undefined ? (
          <Failed
            title={i18n._("The figures could not be read.")}
            error={found.error}
            onRetry={() => void found.refetch()}
          />
        ) : found.data === undefined ? (
          <Late>
            <Waiting />
          </Late>
        ) : (
          <div
            aria-busy={found.isPlaceholderData}
            className={cx("space-y-4", found.isPlaceholderData && "opacity-60")}
          >
            <Figures performance={found.data} before={search.compare === false ? undefined : before.data} />
          </div>
        )}
      </div>
    </div>
  );
}

/** The figures of the period before, once it is known which one that is. */
function useBefore(period: Period, found: Performance | undefined) {
  const [search] = useAnalyticsSearch();
  const isWanted = search.compare !== false && found !== undefined;
  const earlier = isWanted ? periodBefore(period, found) : { from: "", to: "" };
  return useQuery({ ...performanceQuery(earlier, search.time ?? "elapsed"), enabled: isWanted });
}

function Figures({ performance, before }: { performance: Performance; before: Performance | undefined }) {
  const [, change] = useAnalyticsSearch();
  const { spells, ended, attempts } = totals(performance.agents);
  if (spells + ended + attempts === 0) {
    return (
      <>
        <OpenWaits />
        <NothingInPeriod />
      </>
    );
  }
  return (
    <>
      <Summary
        now={performance}
        before={before}
        onOpen={(metric) => change({ metric, agent: undefined, outcome: undefined }, true)}
      />
      <OpenWaits />
      <AgentTable agents={performance.agents} />
      <Boundary>
        <Suspense fallback={<Bar className="h-64 rounded-xl" />}>
          <Charts agents={performance.agents} />
        </Suspense>
      </Boundary>
      <BehindDrawer performance={performance} />
    </>
  );
}

function subtitle(found: Performance, isAdmin: boolean | undefined): string {
  const said = { period: periodText(found), zone: found.time_zone };
  if (isAdmin === false) return i18n._("Your own figures, {period}. Days are those of {zone}.", said);
  return i18n._("{period}. Days are those of {zone}.", said);
}

function Waiting() {
  return (
    <div className="space-y-4">
      <div className="grid grid-cols-2 gap-3 lg:grid-cols-3">
        {[1, 2, 3, 4, 5, 6].map((each) => (
          <Bar key={each} className="h-32 rounded-xl" />
        ))}
      </div>
      <Bar className="h-80 rounded-xl" />
    </div>
  );
}
