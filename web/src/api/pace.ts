/** Whoever goes from one conversation to the next by key: what is not seen at once is asked for only where they stay. */
const STAY_MS = 200;

let staysAt = 0;

/** Somebody went on to the next one. */
export function stepped(): void {
  staysAt = Date.now() + STAY_MS;
}

/** Waits until they stay somewhere; nobody waits who did not step. Rejects when the answer is no longer wanted. */
export async function stayed(signal: AbortSignal): Promise<void> {
  for (let left = staysAt - Date.now(); left > 0; left = staysAt - Date.now()) await pause(left, signal);
  signal.throwIfAborted();
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((go, stop) => {
    const end = () => {
      clearTimeout(timer);
      stop(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", end);
      go();
    }, ms);
    signal.throwIfAborted();
    signal.addEventListener("abort", end, { once: true });
  });
}
