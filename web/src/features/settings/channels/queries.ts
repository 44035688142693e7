/** What only the channels' pages read. */
import { queryOptions } from "@tanstack/react-query";

import { api, body } from "@/api/client";
import type { components } from "@/api/schema";

type AuditPage = components["schemas"]["AuditPage"];

/** Who did something to a channel last, by channel; admins may read it. */
export const touchesQuery = queryOptions({
  queryKey: ["channels", "touches"],
  queryFn: async (): Promise<ReadonlyMap<string, { name: string; at: string }>> => {
    const query = { action: "channel.*", limit: 100 };
    const { data } = (await body(api.GET("/v1/audit", { params: { query } }))) as AuditPage;
    const last = new Map<string, { name: string; at: string }>();
    // The newest comes first.
    for (const { target, actor, at } of data) {
      if (target !== null && !last.has(target)) last.set(target, { name: actor.name ?? "", at });
    }
    return last;
  },
  staleTime: 30_000,
});
