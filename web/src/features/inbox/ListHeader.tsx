import { i18n } from "@lingui/core";
import { useQuery } from "@tanstack/react-query";
import { RotateCw, Rows2, Rows3 } from "lucide-react";
import type { ReactNode } from "react";

import { countsQuery } from "@/api/queries";
import { density as chosenDensity } from "@/ui/density";
import { IconButton } from "@/ui/IconButton";
import { useRemembered } from "@/ui/remembered";

import { FilterBar } from "./FilterBar";
import { SearchBox } from "./SearchBox";
import { isNarrowed } from "./search";
import type { Place } from "./useList";
import { countText, viewName } from "./views";

interface HeaderProps {
  place: Place;
  menu: ReactNode;
  onRefresh: () => void;
}

/** What the list is and how it is narrowed. */
export function ListHeader({ place, menu, onRefresh }: HeaderProps) {
  const { view, filters } = place.list;
  const { data: counts } = useQuery(countsQuery);
  const density = useRemembered(chosenDensity);
  const count = isNarrowed(filters) ? undefined : counts?.[view];
  // The page is about the conversation once one is open.
  const Title = place.openId === undefined ? "h1" : "h2";
  const isCompact = density === "compact";
  return (
    <header className="shrink-0">
      <div className="flex h-12 items-center gap-2 pr-2 pl-3.5">
        {menu}
        <Title className="min-w-0 truncate text-[0.9375rem] font-semibold">{viewName(view)}</Title>
        {count != null && (
          <span className="text-[0.8125rem] text-quiet tabular-nums">{countText(count)}</span>
        )}
        <span className="flex-1" />
        <IconButton
          label={isCompact ? i18n._("Comfortable rows") : i18n._("Compact rows")}
          icon={isCompact ? <Rows2 size={16} /> : <Rows3 size={16} />}
          onClick={() => chosenDensity.set(isCompact ? "comfortable" : "compact")}
        />
        <IconButton label={i18n._("Refresh the list")} icon={<RotateCw size={15} />} onClick={onRefresh} />
      </div>
      <SearchBox place={place} />
      <FilterBar place={place} />
    </header>
  );
}
