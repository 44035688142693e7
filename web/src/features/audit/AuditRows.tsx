import { useInfiniteQuery } from "@tanstack/react-query";
import { i18n } from "@lingui/core";
import { RefreshCw, ScrollText } from "lucide-react";

import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { Failed } from "@/ui/Failed";
import { Bar, Late } from "@/ui/Skeleton";

import { AuditTable } from "./AuditTable";
import { MoreBelow } from "./MoreBelow";
import { auditQuery } from "./queries";
import type { AuditSearch } from "./search";
import { useAuditSearch } from "./useAuditSearch";

/** The rows that match, page after page as one scrolls. */
export function AuditRows({ search }: { search: AuditSearch }) {
  const found = useInfiniteQuery(auditQuery(search));
  if (found.isPending) {
    return (
      <Late>
        <div className="space-y-4 rounded-xl border border-line bg-surface p-4">
          {[1, 2, 3, 4, 5, 6].map((each) => (
            <Bar key={each} className="w-4/5" />
          ))}
        </div>
      </Late>
    );
  }
  if (found.data === undefined) {
    return (
      <Failed
        title={i18n._("The audit could not be read.")}
        error={found.error}
        onRetry={() => void found.refetch()}
      />
    );
  }
  const rows = found.data.pages.flatMap((page) => page.data);
  if (rows.length === 0) return <NoRows isFiltered={Object.keys(search).length > 0} />;
  return (
    <div>
      <div className="mb-2 flex items-center justify-between gap-2">
        <p className="text-[0.8125rem] text-quiet">
          {i18n._("Newest first. Times are those of your device.")}
        </p>
        <Button
          small
          look="quiet"
          icon={<RefreshCw size={13} />}
          disabled={found.isRefetching}
          onClick={() => void found.refetch()}
        >
          {i18n._("Refresh")}
        </Button>
      </div>
      <AuditTable rows={rows} />
      <div className="mt-4 flex flex-col items-center gap-2 text-[0.8125rem] text-quiet">
        {found.isFetchNextPageError && (
          <p role="alert" className="text-bad">
            {i18n._("The next rows could not be read.")}
          </p>
        )}
        {found.hasNextPage ? (
          <>
            {!found.isFetchNextPageError && (
              <MoreBelow key={rows.length} onReached={() => void found.fetchNextPage()} />
            )}
            <Button disabled={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
              {found.isFetchingNextPage ? i18n._("Loading…") : i18n._("Show older rows")}
            </Button>
          </>
        ) : (
          <p>{i18n._("These are all the rows.")}</p>
        )}
      </div>
    </div>
  );
}

function NoRows({ isFiltered }: { isFiltered: boolean }) {
  const [, change] = useAuditSearch();
  const clear = () =>
    change({
      conversation: undefined,
      actor: undefined,
      action: undefined,
      since: undefined,
      until: undefined,
    });
  return (
    <div className="rounded-xl border border-line bg-surface py-8">
      <EmptyState
        icon={<ScrollText size={20} />}
        title={isFiltered ? i18n._("No row matches.") : i18n._("Nothing has happened yet.")}
      >
        {isFiltered && <Button onClick={clear}>{i18n._("Clear the filters")}</Button>}
      </EmptyState>
    </div>
  );
}
