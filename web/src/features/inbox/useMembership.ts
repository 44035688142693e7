import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";

import { getState, onFlush } from "@/realtime/store";

import { drop, type Flat } from "./listQuery";
import { matches, type List } from "./matches";
import { afterFlush, unchanged, type Membership } from "./membership";

/** The pill and the rows that left need no frame of their own each. */
const PACE_MS = 200;

/** Follows who comes to a list and who leaves it. */
export function useMembership(list: List, rows: Flat, isWhole: boolean, openId: string | undefined) {
  const client = useQueryClient();
  const current = useRef(unchanged);
  const [shown, show] = useState(unchanged);
  const isBusy = useRef(false);

  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const set = useCallback((next: Membership) => {
    if (current.current === next) return;
    current.current = next;
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      show(current.current);
    }, PACE_MS);
  }, []);
  useEffect(() => () => clearTimeout(timer.current), []);

  useEffect(
    () => onFlush((flush) => set(afterFlush(current.current, flush, list, rows.places, isWhole, Date.now()))),
    [set, list, rows, isWhole],
  );

  // The list was read anew, or goes on.
  useEffect(() => {
    const { fresh, gone } = current.current;
    if (fresh.size === 0 && gone.size === 0) return;
    set({
      fresh: new Set([...fresh].filter((id) => !rows.places.has(id))),
      gone: new Set([...gone].filter((id) => rows.places.has(id))),
    });
  }, [set, rows]);

  /** Takes away the rows that left, but for the one that is open. */
  const prune = useCallback(() => {
    const gone = new Set(current.current.gone);
    if (openId !== undefined) gone.delete(openId);
    if (gone.size > 0) drop(client, list.view, list.filters, gone);
  }, [client, list, openId]);

  // Nobody points at the list or stands in it: nothing can jump.
  useEffect(() => {
    if (!isBusy.current) prune();
  }, [shown, prune]);

  /** Whether pointer or focus is in the list. */
  const setBusy = useCallback(
    (is: boolean) => {
      isBusy.current = is;
      if (!is) prune();
    },
    [prune],
  );

  /** Takes in what the top of the list looks like now. */
  const note = useCallback(
    (ids: readonly string[]) => {
      const { conversations } = getState();
      const isGone = (id: string) => {
        const conversation = conversations.get(id);
        return conversation !== undefined && !matches(conversation, list, Date.now());
      };
      set({
        fresh: new Set(ids.filter((id) => !rows.places.has(id))),
        gone: new Set(rows.ids.filter(isGone)),
      });
    },
    [set, list, rows],
  );

  return { fresh: shown.fresh, setBusy, note };
}
