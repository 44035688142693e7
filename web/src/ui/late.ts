/** Modules that the first screen does without: fetched once it is drawn, or at once when somebody wants them. */
import { useSyncExternalStore } from "react";

export interface Late<T> {
  /** Fetches it; what failed can be tried again. */
  load: () => Promise<T>;
  get: () => T | undefined;
  subscribe: (listener: () => void) => () => void;
}

export function late<T>(read: () => Promise<T>): Late<T> {
  let here: T | undefined;
  let coming: Promise<T> | undefined;
  const listeners = new Set<() => void>();
  const fetched = async () => {
    try {
      here = await read();
    } finally {
      coming = undefined;
    }
    for (const listener of listeners) listener();
    return here;
  };
  return {
    load: () => (here === undefined ? (coming ??= fetched()) : Promise.resolve(here)),
    get: () => here,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The module, or undefined until it is here. */
export function useLate<T>({ subscribe, get }: Late<T>): T | undefined {
  return useSyncExternalStore(subscribe, get);
}
