/** What several features read; each is cached once under its key. */
import { queryOptions } from "@tanstack/react-query";

import { api, body } from "./client";
import { stayed } from "./pace";

/** Everything behind a cursor, page after page: for lists that a person could also read (members, tags, pools). */
export async function all<T>(
  page: (cursor: string | undefined) => Promise<{ data: T[]; next_cursor: string | null }>,
): Promise<T[]> {
  const found: T[] = [];
  let cursor: string | undefined;
  do {
    const { data, next_cursor } = await page(cursor);
    found.push(...data);
    cursor = next_cursor ?? undefined;
  } while (cursor !== undefined);
  return found;
}

const asked = (cursor: string | undefined) => ({
  params: { query: { limit: 100, ...(cursor === undefined ? {} : { cursor }) } },
});

export const meQuery = queryOptions({
  queryKey: ["me"],
  queryFn: () => body(api.GET("/v1/me")),
  staleTime: Infinity,
});

export const agentsQuery = queryOptions({
  queryKey: ["agents"],
  queryFn: () => all((cursor) => body(api.GET("/v1/agents", asked(cursor)))),
  staleTime: 60_000,
});

export const settingsQuery = queryOptions({
  queryKey: ["settings"],
  queryFn: () => body(api.GET("/v1/workspace/settings")),
  staleTime: 60_000,
});

export const poolsQuery = queryOptions({
  queryKey: ["pools"],
  queryFn: () => all((cursor) => body(api.GET("/v1/pools", asked(cursor)))),
  staleTime: 60_000,
});

export const tagsQuery = queryOptions({
  queryKey: ["tags"],
  queryFn: () => all((cursor) => body(api.GET("/v1/tags", asked(cursor)))),
  staleTime: 60_000,
});

/** The connected channels; a channel's trouble shows without a reload. */
export const channelsQuery = queryOptions({
  queryKey: ["channels"],
  queryFn: async () => (await body(api.GET("/v1/channels"))).data,
  staleTime: 10_000,
  refetchOnWindowFocus: true,
});

/** What WhatsApp has approved for a channel. */
export const templatesQuery = (channelId: string) =>
  queryOptions({
    queryKey: ["templates", channelId],
    queryFn: () =>
      all((cursor) =>
        body(
          api.GET("/v1/channels/{channel_id}/templates", {
            params: { path: { channel_id: channelId }, ...asked(cursor).params },
          }),
        ),
      ),
    staleTime: 60_000,
    retry: false,
  });

export const cannedRepliesQuery = queryOptions({
  queryKey: ["canned-replies"],
  queryFn: () => all((cursor) => body(api.GET("/v1/canned-replies", asked(cursor)))),
  staleTime: 60_000,
});

export const savedViewsQuery = queryOptions({
  queryKey: ["saved-views"],
  queryFn: () => all((cursor) => body(api.GET("/v1/saved-views", asked(cursor)))),
  staleTime: 60_000,
});

/** Counts per view. Refreshed by whoever shows them when events say that they changed. */
export const countsQuery = queryOptions({
  queryKey: ["counts"],
  queryFn: () => body(api.GET("/v1/conversations/counts")),
  staleTime: 5_000,
});

/** Who could claim a conversation now, and why not. Invalidated when events say that it may have changed. */
export const eligibilityQuery = (conversationId: string) =>
  queryOptions({
    queryKey: ["eligibility", conversationId],
    queryFn: async ({ signal }) => {
      await stayed(signal);
      return body(
        api.GET("/v1/conversations/{conversation_id}/eligibility", {
          params: { path: { conversation_id: conversationId } },
          signal,
        }),
      );
    },
    staleTime: 30_000,
  });

/** The steps of a conversation's ownership, oldest first. Invalidated when events add one. */
export const historyQuery = (conversationId: string) =>
  queryOptions({
    queryKey: ["history", conversationId],
    queryFn: async ({ signal }) => {
      await stayed(signal);
      return all((cursor) =>
        body(
          api.GET("/v1/conversations/{conversation_id}/history", {
            params: { path: { conversation_id: conversationId }, ...asked(cursor).params },
            signal,
          }),
        ),
      );
    },
    staleTime: 60_000,
  });

/** Who observes a conversation. Events about observers change it. */
export const observersQuery = (conversationId: string) =>
  queryOptions({
    queryKey: ["observers", conversationId],
    queryFn: async ({ signal }) => {
      await stayed(signal);
      return body(
        api.GET("/v1/conversations/{conversation_id}/observers", {
          params: { path: { conversation_id: conversationId } },
          signal,
        }),
      );
    },
    staleTime: 60_000,
  });
