/** React's `lazy` for parts that come over a network which may be away for a while. */
import { lazy } from "react";

import { NotLoaded } from "./NotLoaded";

const PAUSE_MS = 3_000;
const MOST_TRIES = 5;

/**
 * A part that did not come is asked for again: `lazy` alone would remember the failure until the page is reloaded. What
 * does not come at all says so in its own place, and takes nothing else along.
 */
export const lazily: typeof lazy = (read) => lazy(() => partOf(read, "default"));

/** The same for a module with a part under some name. */
export async function partOf<N extends string, T extends Record<N, unknown>>(
  read: () => Promise<T>,
  name: N,
): Promise<T> {
  try {
    return await insist(read);
  } catch {
    return { [name]: NotLoaded } as T;
  }
}

/** Asks as often as sensible; without a network it waits for that. */
export async function insist<T>(read: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await read();
    } catch (error) {
      if (navigator.onLine && tries >= MOST_TRIES) throw error;
    }
    await backOrSoon();
  }
}

/** A pause that ends as soon as the network is back. */
async function backOrSoon(): Promise<void> {
  await new Promise<void>((go) => {
    const done = () => {
      clearTimeout(timer);
      window.removeEventListener("online", done);
      go();
    };
    const timer = setTimeout(done, PAUSE_MS);
    window.addEventListener("online", done);
  });
}
