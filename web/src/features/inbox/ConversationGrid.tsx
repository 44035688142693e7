import { i18n } from "@lingui/core";
import { defaultRangeExtractor, useVirtualizer, type Range } from "@tanstack/react-virtual";
import { useCallback, useEffect, useRef, useState, type KeyboardEvent } from "react";

import { Button } from "@/ui/Button";
import { density as chosenDensity } from "@/ui/density";
import { useRemembered } from "@/ui/remembered";
import { Bar } from "@/ui/Skeleton";

import { ConversationRow } from "./ConversationRow";
import { ROW_REM } from "./density";
import { keepOffset, offsetOf, SCROLLER_ID } from "./position";
import type { Place } from "./useList";
import type { useListing } from "./useListing";
import { useListKeys } from "./useListKeys";
import { useLostFocus } from "./useLostFocus";
import { useRows } from "./useRows";
import { viewName } from "./views";

/** So many rows before the end the next page is asked for. */
const AHEAD = 150;
const PAGE_STEP = 10;

export interface GridProps {
  place: Place;
  listing: ReturnType<typeof useListing>;
}

/** The rows: drawn where one looks, read a page ahead. Mount anew for each list. */
export function ConversationGrid({ place, listing }: GridProps) {
  const { list, key } = place;
  const { rows, query } = listing;
  const density = useRemembered(chosenDensity);
  // Asking for it makes the browser compute all styles: not at every key.
  const [pixelsPerRem] = useState(rem);
  const height = Math.round(ROW_REM[density] * pixelsPerRem);
  const scroller = useRef<HTMLDivElement>(null);
  const [isFocused, setFocused] = useState(false);
  const reveal = useRef<(index: number) => void>(() => undefined);
  const grid = useRows(
    place,
    rows,
    useCallback((index: number) => reveal.current(index), []),
  );
  const { place: current, tabStop } = grid;
  // eslint-disable-next-line react-hooks/incompatible-library -- nothing here is compiled
  const virtual = useVirtualizer({
    count: rows.ids.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 8,
    initialOffset: () => offsetOf(key),
    useFlushSync: false,
    // The current row stays drawn: focus must not get lost by scrolling.
    rangeExtractor: useCallback((range: Range) => withCurrent(range, current), [current]),
  });
  useEffect(() => {
    virtual.measure();
  }, [virtual, height]);
  useEffect(() => {
    reveal.current = (index) => virtual.scrollToIndex(index, { align: "auto" });
  }, [virtual]);

  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  const { hasNextPage, isFetching, isError, fetchNextPage } = query;
  useEffect(() => {
    if (hasNextPage && !isFetching && !isError && last >= rows.ids.length - AHEAD) void fetchNextPage();
  }, [hasNextPage, isFetching, isError, fetchNextPage, last, rows]);

  useListKeys(place, rows, grid, isFocused);
  useLostFocus(grid.grid, grid.focusTabStop);
  return (
    <div
      id={SCROLLER_ID}
      ref={scroller}
      onScroll={(event) => keepOffset(key, event.currentTarget.scrollTop)}
      className="min-h-0 flex-1 overflow-y-auto overscroll-contain [contain:strict]"
    >
      <div
        ref={grid.grid}
        role="grid"
        aria-label={viewName(list.view)}
        aria-rowcount={hasNextPage ? -1 : rows.ids.length}
        aria-multiselectable="true"
        tabIndex={-1}
        onKeyDown={(event) => onKey(event, grid)}
        onFocus={() => setFocused(true)}
        onBlur={({ currentTarget, relatedTarget }) => setFocused(currentTarget.contains(relatedTarget))}
        className="relative"
        style={{ height: virtual.getTotalSize() }}
      >
        {items.map(({ index, start }) => {
          const id = rows.ids[index];
          return id === undefined ? null : (
            <ConversationRow
              key={id}
              id={id}
              index={index}
              top={start}
              height={height}
              list={list}
              density={density}
              href={grid.href(id)}
              isOpen={id === grid.shownId}
              isTabStop={id === tabStop}
              on={grid.on}
            />
          );
        })}
      </div>
      {hasNextPage && (
        <div className="flex h-14 items-center justify-center px-4">
          {isError ? (
            <Button small onClick={() => void fetchNextPage()}>
              {i18n._("More could not be read. Try again")}
            </Button>
          ) : (
            <Bar className="w-3/5" />
          )}
        </div>
      )}
    </div>
  );
}

function onKey(event: KeyboardEvent<HTMLDivElement>, grid: ReturnType<typeof useRows>): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const { tabStop, place, go } = grid;
  const isOnRow = (event.target as Element).getAttribute("role") === "row";
  const moves: Record<string, () => void> = {
    ArrowDown: () => go(place + 1),
    ArrowUp: () => go(place - 1),
    PageDown: () => go(place + PAGE_STEP),
    PageUp: () => go(place - PAGE_STEP),
    Home: () => go(0),
    End: () => go(Infinity),
    ...(isOnRow &&
      tabStop !== undefined && {
        Enter: () => grid.open(tabStop),
        " ": () => grid.on.toggle(tabStop, event.shiftKey),
      }),
  };
  const run = moves[event.key];
  if (run === undefined) return;
  event.preventDefault();
  run();
}

function withCurrent(range: Range, current: number): number[] {
  const shown = defaultRangeExtractor(range);
  if (current < 0 || current >= range.count || shown.includes(current)) return shown;
  return [...shown, current].sort((a, b) => a - b);
}

function rem(): number {
  return parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
}
