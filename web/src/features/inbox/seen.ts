/** How many messages a conversation had when it was last open here: more of them are unread. Kept on this device. */
import { useSyncExternalStore } from "react";

const KEY = "dibs.seen";
const MOST = 2_000;

const seen = new Map<string, number>(stored());
const listeners = new Set<() => void>();
let isSaving = false;

/** Notes that everything up to `count` has been read. */
export function markSeen(id: string, count: number): void {
  if (seen.get(id) === count) return;
  // The longest unopened ones are forgotten first.
  seen.delete(id);
  seen.set(id, count);
  for (const listener of listeners) listener();
  if (isSaving) return;
  isSaving = true;
  setTimeout(save, 500);
}

/** How many messages were there when it was last open; undefined when it never was. */
export function useSeen(id: string): number | undefined {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => seen.get(id),
  );
}

function save(): void {
  isSaving = false;
  for (const id of [...seen.keys()].slice(0, Math.max(0, seen.size - MOST))) seen.delete(id);
  localStorage.setItem(KEY, JSON.stringify([...seen]));
}

function stored(): [string, number][] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(found) ? (found as [string, number][]) : [];
  } catch {
    return [];
  }
}
