import { useCallback, useSyncExternalStore } from "react";

import type { Conversation } from "@/api/types";

import type { PresenceFrame } from "./frames";
import type { LiveState, Pending, Thread } from "./state";
import { getState, subscribe } from "./store";

const nobody: ReadonlyMap<string, PresenceFrame> = new Map();

/** A part of the live state; the component renders again when that part is another object. */
export function useLive<T>(select: (state: LiveState) => T): T {
  return useSyncExternalStore(subscribe, () => select(getState()));
}

export function useConversation(id: string | undefined): Conversation | undefined {
  return useLive(useCallback((state) => (id === undefined ? undefined : state.conversations.get(id)), [id]));
}

export function useThread(id: string): Thread | undefined {
  return useLive(useCallback((state) => state.threads.get(id), [id]));
}

/** Our own unconfirmed write on a conversation. */
export function usePending(id: string): Pending | undefined {
  return useLive(useCallback((state) => state.pending.get(id), [id]));
}

/** Who else is at a conversation, by agent. */
export function usePresence(id: string): ReadonlyMap<string, PresenceFrame> {
  return useLive(useCallback((state) => state.presence.get(id) ?? nobody, [id]));
}
