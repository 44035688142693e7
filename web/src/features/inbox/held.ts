import { queryOptions } from "@tanstack/react-query";

import { api, body } from "@/api/client";
import { all } from "@/api/queries";

/** How many conversations are mine, snoozed ones included: that is what the limit counts. */
export const heldQuery = queryOptions({
  queryKey: ["held"],
  queryFn: async () => {
    const mine = await all((cursor) =>
      body(
        api.GET("/v1/conversations", {
          params: {
            query: { view: "any", assignee: "me", limit: 100, ...(cursor === undefined ? {} : { cursor }) },
          },
        }),
      ),
    );
    return mine.length;
  },
  staleTime: 1_000,
});
