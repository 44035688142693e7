/** What only the articles read and write. */
import { queryOptions } from "@tanstack/react-query";

import { api, body } from "@/api/client";
import { all } from "@/api/queries";

/** All of them, the last changed first. */
export const articlesQuery = queryOptions({
  queryKey: ["articles"],
  queryFn: () =>
    all((cursor) =>
      body(
        api.GET("/v1/articles", {
          params: { query: { limit: 100, ...(cursor === undefined ? {} : { cursor }) } },
        }),
      ),
    ),
  staleTime: 30_000,
});

export const articleQuery = (id: string) =>
  queryOptions({
    queryKey: ["articles", id],
    queryFn: () => body(api.GET("/v1/articles/{article_id}", { params: { path: { article_id: id } } })),
  });
