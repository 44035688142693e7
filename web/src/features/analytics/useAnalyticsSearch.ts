import { useNavigate, useSearch } from "@tanstack/react-router";

import { validateAnalyticsSearch, type AnalyticsSearch } from "./search";

export type Changes = { [K in keyof AnalyticsSearch]?: AnalyticsSearch[K] | undefined };

/** What the address says, and how to change parts of it; with `isStep`, Back undoes the change. */
export function useAnalyticsSearch(): [AnalyticsSearch, (changes: Changes, isStep?: boolean) => void] {
  const search = validateAnalyticsSearch(useSearch({ strict: false }));
  const navigate = useNavigate();
  return [
    search,
    (changes, isStep = false) => {
      const next = validateAnalyticsSearch({ ...search, ...changes });
      void navigate({ to: "/dashboard/analytics", search: next, replace: !isStep });
    },
  ];
}
