// Whoever has just opened the page did something to open it.
let at = Date.now();
for (const kind of ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"]) {
  window.addEventListener(kind, () => (at = Date.now()), { passive: true, capture: true });
}

/** When somebody last did something in this window, in milliseconds since 1970. */
export function lastInput(): number {
  return at;
}
