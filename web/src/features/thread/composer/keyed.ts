import { useCallback, useSyncExternalStore } from "react";

/** A small store: one value per key, told to whoever shows it. Outlives the components. */
export interface Keyed<T> {
  get(key: string): T | undefined;
  set(key: string, value: T | undefined): void;
  entries(): readonly (readonly [string, T])[];
  clear(): void;
  subscribe(listener: () => void): () => void;
}

export function keyed<T>(): Keyed<T> {
  const values = new Map<string, T>();
  const listeners = new Set<() => void>();
  const tell = () => {
    for (const listener of listeners) listener();
  };
  return {
    get: (key) => values.get(key),
    set(key, value) {
      if (values.get(key) === value) return;
      if (value === undefined) values.delete(key);
      else values.set(key, value);
      tell();
    },
    entries: () => [...values],
    clear() {
      values.clear();
      tell();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The value of a key, kept current. */
export function useKeyed<T>(store: Keyed<T>, key: string): T | undefined {
  return useSyncExternalStore(
    store.subscribe,
    useCallback(() => store.get(key), [store, key]),
  );
}
