import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";

import type { Notification } from "@/api/types";
import { useLive } from "@/realtime/hooks";

import { feedQuery } from "./feed";

export interface Notifications {
  /** Newest first. */
  all: readonly Notification[];
  unseen: readonly Notification[];
}

export function useNotifications(): Notifications {
  const known = useLive((state) => state.notifications);
  return useMemo(() => {
    const all = [...known.values()].sort((a, b) => (a.id < b.id ? 1 : -1));
    return { all, unseen: all.filter(({ seen_at }) => seen_at === null) };
  }, [known]);
}

/** Keeps the newest ones in the store. Read once it is known where events begin, or one in between would be missed. */
export function useFeed(): void {
  const isAnchored = useLive((state) => state.cursor !== null);
  useInfiniteQuery({ ...feedQuery, enabled: isAnchored });
}
