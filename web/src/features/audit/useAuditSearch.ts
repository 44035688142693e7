import { useNavigate, useSearch } from "@tanstack/react-router";

import { validateAuditSearch, type AuditSearch } from "./search";

export type Changes = { [K in keyof AuditSearch]?: AuditSearch[K] | undefined };

/** The filters in the address, and how to change some of them. */
export function useAuditSearch(): [AuditSearch, (changes: Changes) => void] {
  const search = validateAuditSearch(useSearch({ strict: false }));
  const navigate = useNavigate();
  return [
    search,
    (changes) => {
      const next = validateAuditSearch({ ...search, ...changes });
      void navigate({
        to: "/settings/$",
        params: { _splat: "workspace/audit" },
        search: next as never,
        replace: true,
      });
    },
  ];
}
