import { QueryClient } from "@tanstack/react-query";

import { Problem } from "@/api/problem";

const MOST_TRIES = 3;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // A refusal stays one; only what may have been lost on the way is asked again.
      retry: (failures, error) => !(error instanceof Problem && error.status < 500) && failures < MOST_TRIES,
      refetchOnWindowFocus: false,
      networkMode: "always",
    },
    mutations: { retry: false, networkMode: "always" },
  },
});
