import { useQuery } from "@tanstack/react-query";
import { useParams, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";

import { meQuery, poolsQuery } from "@/api/queries";

import type { List } from "./matches";
import { filtersOf, type Filters, type InboxSearch } from "./search";
import { isView } from "./views";

export interface Place {
  readonly list: List;
  /** Equal for equal lists. */
  readonly key: string;
  readonly openId: string | undefined;
  readonly search: InboxSearch;
}

/** The list and the conversation that the address names. */
export function usePlace(): Place {
  const { view: named, conversationId } = useParams({ strict: false });
  const search = useSearch({ strict: false }) as InboxSearch;
  const me = useQuery(meQuery).data?.agent.id ?? "";
  const view = isView(named) ? named : "all";
  const text = JSON.stringify(filtersOf(search));
  const filters = useMemo(() => JSON.parse(text) as Filters, [text]);
  const { data: pools } = useQuery({ ...poolsQuery, enabled: filters.pool !== undefined });
  const pool = pools?.find(({ id }) => id === filters.pool);
  const list = useMemo<List>(() => ({ view, filters, me, pool }), [view, filters, me, pool]);
  return { list, key: `${view} ${text}`, openId: conversationId, search };
}
