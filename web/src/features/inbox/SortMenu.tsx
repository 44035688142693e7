import { i18n } from "@lingui/core";
import { ArrowDownUp, Check } from "lucide-react";

import { Button } from "@/ui/Button";
import { Menu, MenuItem } from "@/ui/Menu";

import type { Place } from "./useList";
import { useSetFilters } from "./useSetFilters";

const SORTS = ["", "waiting", "newest", "oldest", "priority"] as const;

/** In which order the server lists them. */
export function SortMenu({ place }: { place: Place }) {
  const { filters, view } = place.list;
  const set = useSetFilters(place);
  const current = filters.sort ?? "";
  return (
    <Menu
      align="end"
      trigger={
        <Button small look="quiet" icon={<ArrowDownUp size={13} aria-hidden="true" />}>
          <span className="sr-only">{i18n._("Sorted by")}</span>
          {sortName(current, view)}
        </Button>
      }
    >
      {SORTS.filter((sort) => sort === "" || sort !== usual(view)).map((sort) => (
        <MenuItem
          key={sort}
          icon={<span className="flex size-4">{sort === current && <Check size={15} />}</span>}
          onClick={() => set({ sort: sort === "" ? undefined : sort })}
        >
          {sortName(sort, view)}
        </MenuItem>
      ))}
    </Menu>
  );
}

/** What a view is sorted by when nobody asks for anything else. */
function usual(view: string): string {
  return view === "unclaimed" ? "" : "newest";
}

function sortName(sort: string, view: string): string {
  const names: Record<string, string> = {
    queue: i18n._("Most urgent"),
    waiting: i18n._("Longest waiting"),
    newest: i18n._("Newest"),
    oldest: i18n._("Oldest"),
    priority: i18n._("Priority"),
  };
  const named = sort === "" ? (view === "unclaimed" ? "queue" : "newest") : sort;
  return names[named] ?? sort;
}
