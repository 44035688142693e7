import { useNavigate } from "@tanstack/react-router";
import { useCallback } from "react";

import type { Filters } from "./search";
import type { Place } from "./useList";

/** Filters to change; undefined takes one away. */
export type FilterChange = { [name in keyof Filters]?: Filters[name] | undefined };

/** Changes what the list is narrowed to; what is selected in it is let go. */
export function useSetFilters({ list, openId }: Place): (change: FilterChange) => void {
  const navigate = useNavigate();
  const { view, filters } = list;
  return useCallback(
    (change: FilterChange) => {
      const next = Object.entries({ ...filters, ...change }).filter(([, value]) => value !== undefined);
      const search = Object.fromEntries(next) as Filters;
      void (openId === undefined
        ? navigate({ to: "/inbox/$view", params: { view }, search, replace: true })
        : navigate({
            to: "/inbox/$view/$conversationId",
            params: { view, conversationId: openId },
            search,
            replace: true,
          }));
    },
    [navigate, view, filters, openId],
  );
}
