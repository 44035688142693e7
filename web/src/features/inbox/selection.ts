/** What is selected in the list, for bulk actions. Rows listen for themselves: a press of X draws one row. */
import { useSyncExternalStore } from "react";

/** The most that one bulk action takes, and the most that one bulk claim takes. */
export const MOST = 200;
export const MOST_CLAIMS = 50;

const PREFIX = "conv_";

let selected: ReadonlySet<string> = new Set();
let anchor: string | null = null;
const listeners = new Set<() => void>();

/** Selects or unselects one; it is where the next range begins. False when there are too many already. */
export function toggle(id: string): boolean {
  const next = new Set(selected);
  if (!next.delete(id)) {
    if (next.size >= MOST) return false;
    next.add(id);
  }
  anchor = id;
  set(next);
  return true;
}

/** Selects everything from where the last selection was made up to `id`. False when not all found room. */
export function selectTo(id: string, ids: readonly string[]): boolean {
  const to = ids.indexOf(id);
  const from = anchor === null ? to : ids.indexOf(anchor);
  if (to < 0) return true;
  const range = from < 0 ? [id] : ids.slice(Math.min(from, to), Math.max(from, to) + 1);
  const next = new Set([...selected, ...range].slice(0, MOST));
  anchor = id;
  set(next);
  return range.every((each) => next.has(each));
}

/** Selects exactly these, as many as one action takes. */
export function select(ids: Iterable<string>): void {
  set(new Set([...ids].slice(0, MOST)));
}

export function clear(): void {
  anchor = null;
  if (selected.size > 0) set(new Set());
}

export function getSelected(): ReadonlySet<string> {
  return selected;
}

export function onSelected(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useSelected(): ReadonlySet<string> {
  return useSyncExternalStore(onSelected, getSelected);
}

export function useIsSelected(id: string): boolean {
  return useSyncExternalStore(onSelected, () => selected.has(id));
}

/** For the address: ids without what all of them begin with. */
export function selectionText(ids: ReadonlySet<string>): string | undefined {
  if (ids.size === 0) return undefined;
  return [...ids].map((id) => id.slice(PREFIX.length)).join(".");
}

export function selectionOf(text: string | undefined): string[] {
  if (text === undefined) return [];
  const parts = text.split(".").filter((each) => /^[0-9A-Z]{26}$/.test(each));
  return parts.slice(0, MOST).map((each) => PREFIX + each);
}

function set(next: ReadonlySet<string>): void {
  selected = next;
  for (const listener of listeners) listener();
}
