import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef } from "react";

import { useLive } from "@/realtime/hooks";

import { flat, listQuery, readPage, refresh, type Flat, type ListPage } from "./listQuery";
import { offsetOf } from "./position";
import { useMembership } from "./useMembership";
import type { Place } from "./useList";

const nothing: Flat = { pages: [], ids: [], places: new Map() };

/** The list's rows, kept current. Mount anew for each list. */
export function useListing({ list, key, openId }: Place) {
  const client = useQueryClient();
  const { view, filters } = list;
  const select = useMemo(() => flattener(), []);
  const query = useInfiniteQuery({ ...listQuery(view, filters), select });
  const rows = query.data ?? nothing;
  const membership = useMembership(list, rows, !query.hasNextPage, openId);
  const { note } = membership;
  const again = useCallback(() => refresh(client, view, filters), [client, view, filters]);

  // What was read when this list was last shown: current at once where nobody would notice, else behind the pill.
  const wasCached = useRef(query.data !== undefined);
  useEffect(() => {
    if (!wasCached.current) return;
    wasCached.current = false;
    if (offsetOf(key) === 0) again().catch(ignore);
    else {
      readPage(view, filters, null)
        .then((page) => note(page.ids))
        .catch(ignore);
    }
  }, [again, key, view, filters, note]);

  // After a reset the store is empty.
  const everything = useLive((state) => state.stamps.everything);
  const known = useRef(everything);
  useEffect(() => {
    if (known.current === everything) return;
    known.current = everything;
    again().catch(ignore);
  }, [again, everything]);

  return { query, rows, membership };
}

function flattener() {
  let before: Flat | undefined;
  return ({ pages }: { pages: ListPage[] }): Flat => (before = flat(pages, before));
}

/** The list stays as it was; the banner says that the server is out of reach. */
function ignore(): void {
  return undefined;
}
