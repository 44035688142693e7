/** Runs at once, and then at most once per `pace`: what is asked for meanwhile is done at its end, once. */
export function throttled(run: () => void, pace: number): { ask: () => void; stop: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isAsked = false;
  const ask = () => {
    if (timer !== undefined) {
      isAsked = true;
      return;
    }
    run();
    timer = setTimeout(() => {
      timer = undefined;
      if (!isAsked) return;
      isAsked = false;
      ask();
    }, pace);
  };
  return { ask, stop: () => clearTimeout(timer) };
}
