import { useNavigate } from "@tanstack/react-router";
import { useCallback, useEffect } from "react";

import { useAction } from "@/keyboard/useAction";
import { claimAloud } from "@/ui/ownership";

import type { Flat } from "./listQuery";
import { filtersOf, type InboxSearch } from "./search";
import { clear, getSelected, onSelected, select, selectionOf, selectionText, useSelected } from "./selection";
import type { Place } from "./useList";
import type { useRows } from "./useRows";

/** Writing the address at each press would cost more than it is worth. */
const URL_PACE_MS = 300;

/** The list's keys. */
export function useListKeys(
  place: Place,
  rows: Flat,
  grid: ReturnType<typeof useRows>,
  isFocused: boolean,
): void {
  const { openId } = place;
  const { move, open, on, tabStop } = grid;
  const close = useClose(place);
  const hasSelection = useSelected().size > 0;
  const isThere = rows.ids.length > 0;
  useAction("next", () => move(1), isThere);
  useAction("previous", () => move(-1), isThere);
  useAction("open", () => tabStop !== undefined && open(tabStop), isFocused && isThere);
  useAction("select", () => tabStop !== undefined && on.toggle(tabStop, false), isThere);
  useAction("select-range", () => tabStop !== undefined && on.toggle(tabStop, true), isThere);
  useAction("back", openId === undefined ? clear : close, openId !== undefined || hasSelection);
  // An open conversation has its own keys; without one they mean the row that one is on.
  const isOnRow = isFocused && openId === undefined && tabStop !== undefined;
  useAction("claim", () => tabStop !== undefined && void claimAloud(tabStop), isOnRow);
  useSelectionInAddress(place);
}

/** Goes from the conversation back to its list. */
export function useClose({ list }: Place): () => void {
  const navigate = useNavigate();
  return useCallback(
    () => void navigate({ to: "/inbox/$view", params: { view: list.view }, search: (before) => before }),
    [navigate, list.view],
  );
}

/** A reload or a shared link finds the selection again; another list begins with none. */
function useSelectionInAddress({ key, search }: Place): void {
  const navigate = useNavigate();
  const { selected } = search;
  useEffect(() => {
    select(selectionOf(selected));
    return clear;
    // Only what the address says when the list is opened: from then on it follows.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [key]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = onSelected(() => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        const text = selectionText(getSelected());
        void navigate({
          to: ".",
          search: (before) => withSelected(before, text),
          replace: true,
        });
      }, URL_PACE_MS);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [navigate, key]);
}

function withSelected(before: InboxSearch, text: string | undefined): InboxSearch {
  const filters = filtersOf(before);
  return text === undefined ? filters : { ...filters, selected: text };
}
