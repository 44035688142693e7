import { i18n } from "@lingui/core";
import { X } from "lucide-react";
import { Suspense, useState } from "react";

import { Button } from "@/ui/Button";
import { Checkbox } from "@/ui/Checkbox";
import { IconButton } from "@/ui/IconButton";
import { lazily } from "@/ui/lazily";
import { say } from "@/ui/status";

import type { BulkAction } from "./bulk";
import { BulkMenu, useRoom } from "./BulkMenu";
import { clear, getSelected, MOST, MOST_CLAIMS, select, useSelected } from "./selection";
import { SortMenu } from "./SortMenu";
import { useBulk } from "./useBulk";
import type { Place } from "./useList";
import type { useListing } from "./useListing";

const BulkDialog = lazily(async () => ({ default: (await import("./BulkDialog")).BulkDialog }));
const BulkResultSheet = lazily(async () => ({
  default: (await import("./BulkResultSheet")).BulkResultSheet,
}));

type Listing = ReturnType<typeof useListing>;

/** Selects, says how many are selected and what can be done to them; the order when nothing is. */
export function SelectBar({ place, listing }: { place: Place; listing: Listing }) {
  const count = useSelected().size;
  const { rows } = listing;
  const bulk = useBulk(place.list.me);
  const { asking, result } = bulk;
  const run = (action: BulkAction, more: Readonly<Record<string, unknown>>) => {
    const ids = [...getSelected()];
    const at = (id: string) => rows.places.get(id) ?? Infinity;
    void bulk.run({ action, ids: ids.sort((a, b) => at(a) - at(b)), more });
  };
  return (
    <>
      {(rows.ids.length > 0 || count > 0) && (
        <div className="flex min-h-9 flex-wrap items-center gap-x-2.5 gap-y-1 border-y border-line py-1 pr-2 pl-3.5">
          <SelectAll listing={listing} count={count} />
          <span className="flex-1" />
          {count === 0 ? (
            <SortMenu place={place} />
          ) : (
            <>
              <BulkMenu
                count={count}
                isRunning={bulk.isRunning}
                onChosen={(action) => (action === "claim" ? run(action, {}) : bulk.ask(action))}
              />
              <IconButton
                label={i18n._("Select none")}
                icon={<X size={15} />}
                className="size-7"
                onClick={clear}
              />
              <Room count={count} ids={rows.ids} />
            </>
          )}
        </div>
      )}
      <Suspense>
        {asking !== undefined && asking !== "claim" && (
          <BulkDialog
            action={asking}
            count={count}
            isRunning={bulk.isRunning}
            problem={bulk.problem}
            onRun={(more) => run(asking, more)}
            onClose={() => bulk.ask(undefined)}
            returnFocus={currentRow}
          />
        )}
        {result !== undefined && (
          <BulkResultSheet
            result={result}
            onClose={bulk.closeResult}
            onUndo={() => void bulk.undo(result)}
            returnFocus={currentRow}
          />
        )}
      </Suspense>
    </>
  );
}

function SelectAll({ listing, count }: { listing: Listing; count: number }) {
  const [isReading, setReading] = useState(false);
  const total = listing.rows.ids.length;
  const isMore = listing.query.hasNextPage || total > MOST;
  const most = isMore ? MOST : total;
  const isAll = count > 0 && count >= most;
  const label = isMore
    ? i18n._("Select the first {count}", { count: most })
    : i18n._("Select all {count}", { count: most });
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
  return (
    <>
      <Checkbox
        label={isAll ? i18n._("Select none") : label}
        checked={isAll}
        indeterminate={count > 0 && !isAll}
        disabled={isReading}
        onChange={() => (isAll ? clear() : selectAll())}
      />
      {count === 0 ? (
        <span aria-hidden="true" className="text-xs text-quiet">
          {label}
        </span>
      ) : (
        <span className="text-[0.8125rem] font-medium tabular-nums">
          {i18n._("{count} selected", { count })}
        </span>
      )}
    </>
  );
}

/** How many of the selected could be claimed, before anybody tries. */
function Room({ count, ids }: { count: number; ids: readonly string[] }) {
  const room = useRoom();
  if (room === undefined) return null;
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

function currentRow(): HTMLElement | null {
  return document.querySelector<HTMLElement>('[role="grid"] [role="row"][tabindex="0"]');
}
