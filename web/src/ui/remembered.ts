import { useSyncExternalStore } from "react";

/** A choice that this browser keeps for itself, the same in every open window. */
export interface Remembered<T extends string> {
  get: () => T;
  set: (value: T) => void;
  subscribe: (listener: () => void) => () => void;
}

/** A remembered choice out of `options`; the first one until somebody chooses. */
export function remembered<T extends string>(key: string, options: readonly [T, ...T[]]): Remembered<T> {
  const listeners = new Set<() => void>();
  const tell = () => {
    for (const listener of listeners) listener();
  };
  window.addEventListener("storage", (event) => {
    if (event.key === key || event.key === null) tell();
  });
  let kept: T | null = null;
  return {
    get: () => {
      const found = read(key) ?? kept;
      return options.find((option) => option === found) ?? options[0];
    },
    set: (value) => {
      kept = value;
      write(key, value);
      tell();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export function useRemembered<T extends string>(choice: Remembered<T>): T {
  return useSyncExternalStore(choice.subscribe, choice.get);
}

// A browser may refuse storage altogether: the choice then lasts as long as the page.
function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Kept in memory only.
  }
}
