/** A list as the server orders it: pages of ids; the conversations themselves live in the store. */
import { infiniteQueryOptions, type InfiniteData, type QueryClient } from "@tanstack/react-query";

import { api, body } from "@/api/client";
import { put } from "@/realtime/store";

import type { Filters } from "./search";
import type { View } from "./views";

export interface ListPage {
  /** In the server's order, those included that have left since: they may come back to their places. */
  readonly ids: readonly string[];
  readonly left?: ReadonlySet<string>;
  readonly next: string | null;
}
type Pages = InfiniteData<ListPage, string | null>;

const PAGE = 100;

export function listQuery(view: View, filters: Filters) {
  return infiniteQueryOptions({
    queryKey: ["list", view, filters],
    queryFn: ({ pageParam, signal }) => readPage(view, filters, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last: ListPage) => last.next,
    // Events keep it current; whoever shows it reads its first page again when it comes back.
    staleTime: Infinity,
    gcTime: 15 * 60_000,
    // A comparison of a thousand pages with themselves at each new one.
    structuralSharing: false,
  });
}

/** Reads a page and takes its conversations into the store. */
export async function readPage(
  view: View,
  filters: Filters,
  cursor: string | null,
  signal?: AbortSignal,
): Promise<ListPage> {
  const query = { view, limit: PAGE, ...filters, ...(cursor === null ? {} : { cursor }) };
  const answer = await body(
    api.GET("/v1/conversations", { params: { query: query as never }, ...(signal && { signal }) }),
  );
  put(...answer.data);
  return { ids: answer.data.map(({ id }) => id), next: answer.next_cursor };
}

/** The list from its top, in the server's order of this moment. What was shown stays until it is there. */
export async function refresh(client: QueryClient, view: View, filters: Filters): Promise<void> {
  const { queryKey } = listQuery(view, filters);
  await client.cancelQueries({ queryKey });
  const page = await readPage(view, filters, null);
  client.setQueryData<Pages>(queryKey, { pages: [page], pageParams: [null] });
}

/** Takes ids out of a list, which keeps their places. */
export function drop(client: QueryClient, view: View, filters: Filters, gone: ReadonlySet<string>): void {
  client.setQueryData<Pages>(listQuery(view, filters).queryKey, (data) =>
    data === undefined ? undefined : { ...data, pages: data.pages.map((page) => without(page, gone)) },
  );
}

/** Puts ids that were taken out of a list back to their places. */
export function bringBack(
  client: QueryClient,
  view: View,
  filters: Filters,
  back: ReadonlySet<string>,
): void {
  client.setQueryData<Pages>(listQuery(view, filters).queryKey, (data) =>
    data === undefined ? undefined : { ...data, pages: data.pages.map((page) => withAgain(page, back)) },
  );
}

/** The page without these; the same object when none of them is in it. Pure. */
export function without(page: ListPage, gone: ReadonlySet<string>): ListPage {
  const leaving = page.ids.filter((id) => gone.has(id) && !page.left?.has(id));
  return leaving.length === 0 ? page : { ...page, left: new Set([...(page.left ?? []), ...leaving]) };
}

/** The page with these where they were; the same object when none of them has left it. Pure. */
export function withAgain(page: ListPage, back: ReadonlySet<string>): ListPage {
  const left = new Set([...(page.left ?? [])].filter((id) => !back.has(id)));
  return left.size === (page.left?.size ?? 0) ? page : { ...page, left };
}

/** All ids of a list in order, each once, and where each stands. */
export interface Flat {
  readonly pages: readonly ListPage[];
  readonly ids: string[];
  readonly places: Map<string, number>;
}

/**
 * Pages as one list. A page that only came after those of `before` is added to the same array: doing all of them again
 * for each new one would cost more with every page.
 */
export function flat(pages: readonly ListPage[], before?: Flat): Flat {
  const goesOn = before !== undefined && before.pages.every((page, n) => page === pages[n]);
  const { ids, places } = goesOn ? before : { ids: new Array<string>(), places: new Map<string, number>() };
  for (const page of pages.slice(goesOn ? before.pages.length : 0)) {
    for (const id of page.ids) {
      // A conversation that moved between two readings is on two pages.
      if (places.has(id) || page.left?.has(id)) continue;
      places.set(id, ids.length);
      ids.push(id);
    }
  }
  return { pages, ids, places };
}
