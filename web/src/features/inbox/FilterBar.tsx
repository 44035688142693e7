import { i18n } from "@lingui/core";
import { useQuery } from "@tanstack/react-query";
import { ListFilter, X } from "lucide-react";
import { Suspense, useState } from "react";

import { agentsQuery, poolsQuery } from "@/api/queries";
import { Button } from "@/ui/Button";
import { lazily } from "@/ui/lazily";
import { Popover } from "@/ui/Popover";

import { chips, type Chip } from "./chips";
import type { Place } from "./useList";
import { useSetFilters } from "./useSetFilters";

const FilterForm = lazily(async () => ({ default: (await import("./FilterForm")).FilterForm }));
const SaveView = lazily(async () => ({ default: (await import("./SaveView")).SaveView }));

/** The filters in force, each to be taken away, and the way to more. */
export function FilterBar({ place }: { place: Place }) {
  const { filters, view } = place.list;
  const set = useSetFilters(place);
  const [isSaving, setSaving] = useState(false);
  const shown = useChips(place);
  const isNarrow = shown.length > 0 || filters.q !== undefined;
  return (
    <div className="flex flex-wrap items-center gap-1.5 px-3.5 pb-2">
      <Popover
        title={i18n._("Filters")}
        trigger={
          <Button small icon={<ListFilter size={13} aria-hidden="true" />}>
            {i18n._("Filter")}
          </Button>
        }
        className="w-80"
      >
        <Suspense>
          <FilterForm filters={filters} onChange={set} />
        </Suspense>
      </Popover>
      {shown.map(({ key, text, without }) => (
        <button
          key={key}
          type="button"
          aria-label={i18n._("Remove filter {text}", { text })}
          onClick={() => set(without)}
          className="inline-flex h-7 max-w-full items-center gap-1 rounded-lg bg-accent-soft pr-1.5 pl-2 text-xs font-medium text-accent-ink hover:brightness-97"
        >
          <span className="truncate">{text}</span>
          <X size={13} aria-hidden="true" className="shrink-0" />
        </button>
      ))}
      {isNarrow && (
        <>
          <Button small look="quiet" onClick={() => set(without(filters))}>
            {i18n._("Clear all")}
          </Button>
          <Button small look="quiet" onClick={() => setSaving(true)}>
            {i18n._("Save view…")}
          </Button>
        </>
      )}
      {isSaving && (
        <Suspense>
          <SaveView view={view} filters={filters} onClose={() => setSaving(false)} />
        </Suspense>
      )}
    </div>
  );
}

function useChips({ list: { filters } }: Place): Chip[] {
  const isOfAgent =
    filters.assignee !== undefined && filters.assignee !== "me" && filters.assignee !== "none";
  const { data: agents } = useQuery({ ...agentsQuery, enabled: isOfAgent });
  const { data: pools } = useQuery({ ...poolsQuery, enabled: filters.pool !== undefined });
  return chips(filters, {
    agent: (id) => agents?.find((agent) => agent.id === id)?.name,
    pool: (id) => pools?.find((pool) => pool.id === id)?.name,
  });
}

function without(filters: Place["list"]["filters"]) {
  return Object.fromEntries(
    Object.keys(filters)
      .filter((name) => name !== "sort")
      .map((name) => [name, undefined]),
  );
}
