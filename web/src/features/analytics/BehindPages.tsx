import type { UseInfiniteQueryResult, InfiniteData } from "@tanstack/react-query";
import { i18n } from "@lingui/core";
import type { ReactNode } from "react";

import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { Failed } from "@/ui/Failed";
import { Bar, Late } from "@/ui/Skeleton";

/** What is behind a figure, newest first, page after page. */
export function BehindPages<T>({
  found,
  nothing,
  children,
}: {
  found: UseInfiniteQueryResult<InfiniteData<{ data: readonly T[] }>>;
  nothing: string;
  children: (each: T) => ReactNode;
}) {
  if (found.isPending) return <ToCome />;
  if (found.data === undefined) {
    return (
      <Failed
        title={i18n._("The list could not be read.")}
        error={found.error}
        onRetry={() => void found.refetch()}
      />
    );
  }
  const all = found.data.pages.flatMap((page) => page.data);
  if (all.length === 0) return <EmptyState title={nothing} />;
  return (
    <>
      <ul className="-mx-2 divide-y divide-line">{all.map(children)}</ul>
      {found.isFetchNextPageError && (
        <p role="alert" className="text-bad">
          {i18n._("The next ones could not be read.")}
        </p>
      )}
      {found.hasNextPage && (
        <Button disabled={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {found.isFetchingNextPage ? i18n._("Loading…") : i18n._("Show more")}
        </Button>
      )}
    </>
  );
}

function ToCome() {
  return (
    <Late>
      <div className="space-y-5 pt-2">
        {[1, 2, 3, 4, 5].map((each) => (
          <div key={each} className="space-y-2">
            <Bar className="w-1/2" />
            <Bar className="w-4/5" />
          </div>
        ))}
      </div>
    </Late>
  );
}
