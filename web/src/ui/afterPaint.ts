/** A hidden page paints nothing. */
const HIDDEN_MS = 100;

/** Calls back once what has changed so far is on screen: an answer to a key must not wait for the rest. Returns how to stop. */
export function afterPaint(run: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const frame = requestAnimationFrame(() => {
    clearTimeout(unpainted);
    timer = setTimeout(run, 0);
  });
  const unpainted = setTimeout(() => {
    cancelAnimationFrame(frame);
    run();
  }, HIDDEN_MS);
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(unpainted);
    clearTimeout(timer);
  };
}
