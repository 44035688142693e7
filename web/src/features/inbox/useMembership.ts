import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";

import { getState, onFlush } from "@/realtime/store";

import { bringBack, drop, type Flat } from "./listQuery";
import { matches, type List } from "./matches";
import { afterFlush, broughtBack, unchanged, type Membership } from "./membership";

/** The pill and the rows that left need no frame of their own each. */
const PACE_MS = 200;

/** The membership, for whoever shows a part of it: the list itself is not drawn again for it. */
export interface MembershipStore {
  get: () => Membership;
  subscribe: (listener: () => void) => () => void;
}

/** Follows who comes to a list and who leaves it. */
export function useMembership(list: List, rows: Flat, isWhole: boolean, openId: string | undefined) {
  const client = useQueryClient();
  const [store] = useState(membershipStore);
  const isBusy = useRef(false);

  useEffect(
    () =>
      onFlush((flush) => {
        const now = Date.now();
        const hasLeft = (id: string) => rows.pages.some((page) => page.left?.has(id));
        const back = broughtBack(flush, list, hasLeft, now);
        const next = afterFlush(store.get(), flush, list, rows.places, isWhole, now);
        if (back.size === 0) return store.set(next);
        store.set({ ...next, fresh: new Set([...next.fresh].filter((id) => !back.has(id))) });
        bringBack(client, list.view, list.filters, back);
      }),
    [store, client, list, rows, isWhole],
  );

  // The list was read anew, or goes on.
  useEffect(() => {
    const { fresh, gone } = store.get();
    if (fresh.size === 0 && gone.size === 0) return;
    store.set({
      fresh: new Set([...fresh].filter((id) => !rows.places.has(id))),
      gone: new Set([...gone].filter((id) => rows.places.has(id))),
    });
  }, [store, rows]);

  /** Takes away the rows that left, but for the one that is open. */
  const prune = useCallback(() => {
    const gone = new Set(store.get().gone);
    if (openId !== undefined) gone.delete(openId);
    if (gone.size > 0) drop(client, list.view, list.filters, gone);
  }, [store, client, list, openId]);

  // Nobody points at the list or stands in it: nothing can jump.
  useEffect(() => {
    const pruneUnwatched = () => {
      if (!isBusy.current) prune();
    };
    pruneUnwatched();
    return store.subscribe(pruneUnwatched);
  }, [store, prune]);

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
      store.set({
        fresh: new Set(ids.filter((id) => !rows.places.has(id))),
        gone: new Set(rows.ids.filter(isGone)),
      });
    },
    [store, list, rows],
  );

  return { store: store as MembershipStore, setBusy, note };
}

/** Listeners hear of changes together, a few times a second. */
function membershipStore() {
  let current = unchanged;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const listeners = new Set<() => void>();
  const tell = () => {
    timer = undefined;
    for (const listener of listeners) listener();
  };
  return {
    get: () => current,
    set: (next: Membership) => {
      if (next === current) return;
      current = next;
      timer ??= setTimeout(tell, PACE_MS);
    },
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
