import { infiniteQueryOptions } from "@tanstack/react-query";

import { api, body, newKey } from "@/api/client";
import type { components } from "@/api/schema";

import { asked, type AuditSearch } from "./search";

export type AuditRow = components["schemas"]["AuditRow"];
type AuditPage = components["schemas"]["AuditPage"];
export type Verdict = components["schemas"]["Verdict"];

/** The rows that match, newest first. */
export const auditQuery = (search: AuditSearch) =>
  infiniteQueryOptions({
    queryKey: ["audit", search],
    queryFn: async ({ pageParam }) => {
      const query = { ...asked(search), ...(pageParam && { cursor: pageParam }) };
      // Without an Accept of its own the answer is JSON, never one of the exports.
      return (await body(api.GET("/v1/audit", { params: { query } }))) as AuditPage;
    },
    initialPageParam: "",
    getNextPageParam: ({ next_cursor }) => next_cursor,
    staleTime: 10_000,
  });

/** Recomputes the whole chain. That may take longer than other requests are waited for. */
export function verify(): Promise<Verdict> {
  const params = { header: { "Idempotency-Key": newKey() } };
  return body(api.POST("/v1/audit/verify", { params, fetch: (request) => fetch(request) }));
}
