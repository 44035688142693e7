import { useNavigate, useRouter } from "@tanstack/react-router";
import { useCallback, useEffect, useMemo, useRef, useState, type MouseEvent } from "react";

import { i18n } from "@lingui/core";

import { stepped } from "@/api/pace";
import { arrive, goTo, stopGoing } from "@/keyboard/going";
import { loadThread } from "@/realtime/threads";
import { afterPaint } from "@/ui/afterPaint";
import { say } from "@/ui/status";

import type { RowHandlers } from "./ConversationRow";
import type { Flat } from "./listQuery";
import { areRowsWantedOf, keepRow, rowOf } from "./position";
import { MOST, selectTo, toggle } from "./selection";
import type { Place } from "./useList";

const AHEAD = 3;
/** Not while somebody only passes by. */
const HOVER_MS = 60;

/** Which row is the current one, how one gets to another, and what rows do. */
export function useRows({ list, key, openId }: Place, rows: Flat, reveal: (index: number) => void) {
  const navigate = useNavigate();
  const router = useRouter();
  const grid = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(() => openId ?? rowOf(key));
  const [wasOpen, setWasOpen] = useState(openId);
  // Where a key has led to: its row answers at once, the conversation opens when that is painted.
  const [next, setNext] = useState<string>();
  const stopOpening = useRef<() => void>(undefined);
  const wantsFocus = useRef(false);
  if (wasOpen !== openId) {
    setWasOpen(openId);
    setNext(undefined);
    if (openId !== undefined) setActive(openId);
  }
  const tabStop = active !== undefined && rows.places.has(active) ? active : rows.ids[0];

  const { view, filters } = list;
  const open = useCallback(
    (id: string, replace = false) => {
      void navigate({
        to: "/inbox/$view/$conversationId",
        params: { view, conversationId: id },
        search: (before) => before,
        replace,
      });
    },
    [navigate, view],
  );
  const isInside = useCallback(() => grid.current?.contains(document.activeElement) ?? false, []);

  /** Makes a row the current one. While a conversation is open, the list leads: the current row is the open one. */
  const go = useCallback(
    (index: number) => {
      const id = rows.ids[Math.max(0, Math.min(index, rows.ids.length - 1))];
      if (id === undefined) return;
      wantsFocus.current = openId === undefined || isInside();
      setActive(id);
      reveal(rows.places.get(id) ?? 0);
      if (openId === undefined) return;
      stopOpening.current?.();
      setNext(id);
      goTo(id);
      if (id === openId) return arrive(id);
      stepped();
      stopOpening.current = afterPaint(() => open(id, true));
    },
    [rows, openId, open, reveal, isInside],
  );
  useEffect(() => () => stopOpening.current?.(), []);
  const place = tabStop === undefined ? -1 : (rows.places.get(tabStop) ?? -1);
  const move = useCallback(
    (step: number) => {
      // The first press only goes to where one is.
      const isStart = openId === undefined && !isInside();
      go(isStart ? place : place + step);
    },
    [go, place, openId, isInside],
  );

  useEffect(() => {
    if (active === undefined) return;
    keepRow(key, active);
    if (!wantsFocus.current) return;
    wantsFocus.current = false;
    focusRow(grid.current, active);
  }, [active, key, rows]);

  // After Enter in the search; the rows are drawn only once the list has been measured.
  useEffect(() => {
    if (areRowsWantedOf(filters.q ?? "") && tabStop !== undefined) focusRow(grid.current, tabStop);
  });

  // Back from the conversation: the focus is where it was.
  const before = useRef(openId);
  useEffect(() => {
    const closed = openId === undefined ? before.current : undefined;
    before.current = openId;
    if (closed !== undefined && document.activeElement === document.body) focusRow(grid.current, closed);
  }, [openId]);

  // What will probably be opened next is read ahead.
  useEffect(() => {
    const ahead = rows.ids.slice(Math.max(0, place), Math.max(0, place) + AHEAD + 1);
    const timer = setTimeout(() => {
      for (const id of ahead) loadThread(id).catch(() => undefined);
    }, HOVER_MS);
    return () => clearTimeout(timer);
  }, [rows, place]);

  const hovering = useRef<ReturnType<typeof setTimeout>>(undefined);
  const newest = useRef(rows);
  useEffect(() => {
    newest.current = rows;
  }, [rows]);
  const on = useMemo<RowHandlers>(() => {
    return {
      open: (id: string, event: MouseEvent) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        stopOpening.current?.();
        stopGoing();
        setActive(id);
        open(id);
      },
      toggle: (id, isRange) => {
        const fits = isRange ? selectTo(id, newest.current.ids) : toggle(id);
        if (!fits)
          say(i18n._("At most {count} conversations can be selected.", { count: MOST }), { tone: "bad" });
      },
      focus: setActive,
      hover: (id) => {
        clearTimeout(hovering.current);
        hovering.current = setTimeout(() => void loadThread(id).catch(() => undefined), HOVER_MS);
      },
    };
  }, [open]);

  const query = useMemo(
    () => router.buildLocation({ to: "/inbox/$view", params: { view }, search: filters }).searchStr,
    [router, view, filters],
  );
  const href = useCallback((id: string) => `/inbox/${view}/${id}${query}`, [view, query]);
  const focusTabStop = useCallback(() => {
    if (tabStop !== undefined) focusRow(grid.current, tabStop);
  }, [tabStop]);
  return { grid, tabStop, place, shownId: next ?? openId, go, move, open, on, href, isInside, focusTabStop };
}

function focusRow(grid: HTMLElement | null, id: string): void {
  grid?.querySelector<HTMLElement>(`[data-id="${CSS.escape(id)}"]`)?.focus({ preventScroll: true });
}
