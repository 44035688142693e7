/** Setting up an installation that has no workspace yet. */
import { queryOptions } from "@tanstack/react-query";

import { api, body } from "@/api/client";

export const firstRunQuery = queryOptions({
  queryKey: ["first-run"],
  queryFn: () => body(api.GET("/v1/first-run")),
  retry: false,
});
