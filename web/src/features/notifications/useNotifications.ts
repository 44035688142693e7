import { useMemo } from "react";

import type { Notification } from "@/api/types";
import { useLive } from "@/realtime/hooks";

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
