const MINUTE_MS = 60_000;
const EARLY_MINUTES = 5;

// Whoever has just opened the page did something to open it.
let at = Date.now();
for (const kind of ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"]) {
  window.addEventListener(kind, () => (at = Date.now()), { passive: true, capture: true });
}

/** When somebody last did something in this window, in milliseconds since 1970. */
export function lastInput(): number {
  return at;
}

/** After how long without activity it is said that a claim will go stale: five minutes before it does. */
export function quietAfter(staleAfterMinutes: number): number {
  return Math.max(staleAfterMinutes - EARLY_MINUTES, staleAfterMinutes / 2) * MINUTE_MS;
}
