/** An agent's notifications: read into the live store, marked as seen in every window. */
import { infiniteQueryOptions } from "@tanstack/react-query";

import { api, body } from "@/api/client";
import type { Notification } from "@/api/types";
import { withNotification } from "@/realtime/applyEvent";
import { update } from "@/realtime/store";

const PAGE = 30;
const CHANNEL = "dibs.notifications";

/** The pages that were read; what is in them is in the store. */
export const feedQuery = infiniteQueryOptions({
  queryKey: ["notifications"],
  initialPageParam: undefined as string | undefined,
  queryFn: async ({ pageParam }) => {
    const query = { limit: PAGE, ...(pageParam === undefined ? {} : { cursor: pageParam }) };
    const { data, next_cursor } = await body(api.GET("/v1/notifications", { params: { query } }));
    update((state) => data.reduce(withNotification, state));
    return next_cursor;
  },
  getNextPageParam: (cursor) => cursor ?? undefined,
  staleTime: Infinity,
  // Somebody who comes back may have seen some of them elsewhere.
  refetchOnWindowFocus: "always",
});

/** Marks one as seen; other windows of this browser hear of it. */
export async function markSeen(id: string): Promise<void> {
  await api.POST("/v1/notifications/seen", { body: { id } });
  tell({ ids: [id] });
}

/** Marks all up to and with this one as seen. */
export async function markAllSeen(upto: string): Promise<void> {
  await api.POST("/v1/notifications/seen", { body: { upto } });
  tell({ upto });
}

type Seen = { ids: readonly string[] } | { upto: string };

/** Keeps this window in step with what is seen in others. Returns how to stop. */
export function followOtherWindows(): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = ({ data }: MessageEvent<Seen>) => apply(data);
  return () => channel.close();
}

function tell(seen: Seen): void {
  apply(seen);
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage(seen);
  channel.close();
}

function apply(seen: Seen): void {
  const at = new Date().toISOString();
  update((state) => {
    const notifications = withSeen(state.notifications, seen, at);
    return notifications === state.notifications ? state : { ...state, notifications };
  });
}

/** The notifications with those marked that were seen at `at`. Pure. */
export function withSeen(
  known: ReadonlyMap<string, Notification>,
  seen: Seen,
  at: string,
): ReadonlyMap<string, Notification> {
  // Ids rise with time.
  const isMeant = (id: string) => ("upto" in seen ? id <= seen.upto : seen.ids.includes(id));
  const changed = [...known.values()].filter(({ id, seen_at }) => seen_at === null && isMeant(id));
  if (changed.length === 0) return known;
  const next = new Map(known);
  for (const each of changed) next.set(each.id, { ...each, seen_at: at });
  return next;
}
