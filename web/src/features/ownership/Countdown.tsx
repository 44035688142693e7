import { clock, useCountdown } from "./useCountdown";

/** The time that is left, counting down. Not read aloud every second. */
export function Countdown({ until }: { until: string }) {
  return (
    <span role="timer" aria-live="off" className="tabular-nums">
      {clock(useCountdown(until))}
    </span>
  );
}
