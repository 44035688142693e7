import { i18n } from "@lingui/core";
import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useState } from "react";

import { settingsQuery } from "@/api/queries";
import { Button } from "@/ui/Button";
import { Checkbox } from "@/ui/Checkbox";
import { IconButton } from "@/ui/IconButton";
import { say } from "@/ui/status";

import { BulkMenu } from "./BulkMenu";
import { heldQuery } from "./held";
import { clear, MOST, MOST_CLAIMS, select, useSelected } from "./selection";
import { SortMenu } from "./SortMenu";
import type { Place } from "./useList";
import type { useListing } from "./useListing";

type Listing = ReturnType<typeof useListing>;

/** Selects all, says how many are selected and what can be done to them; the order when nothing is. */
export function SelectBar({ place, listing }: { place: Place; listing: Listing }) {
  const selected = useSelected();
  const [isReading, setReading] = useState(false);
  const { rows, query } = listing;
  const total = rows.ids.length;
  if (total === 0 && selected.size === 0) return null;
  const isAll = selected.size > 0 && selected.size >= Math.min(total, MOST);
  const selectAll = () => {
    setReading(true);
    readUpTo(listing)
      .then((ids) => {
        select(ids);
        if (ids.length >= MOST)
          say(i18n._("The first {count} are selected: one action takes no more.", { count: MOST }));
      })
      .finally(() => setReading(false));
  };
  const most = query.hasNextPage || total > MOST ? MOST : total;
  const label = i18n._("Select all {count}", { count: most });
  return (
    <div className="flex min-h-9 flex-wrap items-center gap-x-2.5 gap-y-1 border-t border-line py-1 pr-2 pl-3.5">
      <Checkbox
        label={isAll ? i18n._("Select none") : label}
        checked={isAll}
        indeterminate={selected.size > 0 && !isAll}
        disabled={isReading}
        onChange={() => (isAll ? clear() : selectAll())}
      />
      {selected.size === 0 ? (
        <>
          <span aria-hidden="true" className="text-xs text-quiet">
            {label}
          </span>
          <span className="flex-1" />
          <SortMenu place={place} />
        </>
      ) : (
        <>
          <span className="text-[0.8125rem] font-medium tabular-nums">
            {i18n._("{count} selected", { count: selected.size })}
          </span>
          <span className="flex-1" />
          <BulkMenu place={place} rows={rows} />
          <IconButton
            label={i18n._("Select none")}
            icon={<X size={15} />}
            className="size-7"
            onClick={clear}
          />
          <Room count={selected.size} ids={rows.ids} />
        </>
      )}
    </div>
  );
}

/** How many of the selected could be claimed, before anybody tries. */
function Room({ count, ids }: { count: number; ids: readonly string[] }) {
  const { data: held } = useQuery(heldQuery);
  const { data: settings } = useQuery(settingsQuery);
  if (held === undefined || settings === undefined) return null;
  const room = Math.max(0, settings.max_claims_per_agent - held);
  return (
    <p className="w-full pb-0.5 text-xs text-quiet">
      {i18n._("You have room for {room}.", { room })}{" "}
      {count > MOST_CLAIMS && (
        <>
          {i18n._("Claim takes at most {most} at once.", { most: MOST_CLAIMS })}{" "}
          <Button small look="quiet" className="h-6" onClick={() => select(ids.slice(0, MOST_CLAIMS))}>
            {i18n._("Keep the first {most}", { most: MOST_CLAIMS })}
          </Button>
        </>
      )}
    </p>
  );
}

/** The ids from the top, as many as one action takes, read as far as needed. */
async function readUpTo({ query, rows }: Listing): Promise<readonly string[]> {
  let ids: readonly string[] = rows.ids;
  let isMore = query.hasNextPage;
  while (isMore && ids.length < MOST) {
    const read = await query.fetchNextPage();
    if (read.isError || read.data === undefined) break;
    ids = read.data.ids;
    isMore = read.hasNextPage;
  }
  return ids.slice(0, MOST);
}
