import { i18n } from "@lingui/core";

import { duration, number } from "@/ui/numbers";

import { Delta } from "./Delta";
import { FigureCard } from "./FigureCard";
import { FEWEST, shown, type DurationMetric } from "./figures";
import type { SummaryProps } from "./summaryProps";
import { metricName, periodRule } from "./words";

/** A duration of all agents as one set: p50, p90 and n first, the mean beside them. */
export function DurationCard({ metric, now, before, onOpen }: SummaryProps & { metric: DurationMetric }) {
  const of = now.together[metric];
  const earlier = before?.together[metric];
  const isFew = of.n > 0 && of.n < FEWEST;
  const escalated = metric === "time_to_claim" ? now.together.time_to_claim_from_escalation : undefined;
  return (
    <FigureCard
      name={metricName(metric)}
      rule={periodRule(metric)}
      value={isFew ? i18n._("n < {fewest}", { fewest: FEWEST }) : duration(shown(of, "p50"))}
      {...(!isFew && of.n > 0 && { unit: "p50" })}
      onOpen={of.n > 0 ? () => onOpen(metric) : undefined}
    >
      {earlier && (
        <Delta
          now={shown(of, "p50")}
          before={shown(earlier, "p50")}
          beforeText={duration(shown(earlier, "p50"))}
          sense="time"
        />
      )}
      <p className="text-quiet tabular-nums">
        {i18n._("p90 {p90} · n {n} · mean {mean}", {
          p90: duration(shown(of, "p90")),
          n: number(of.n),
          mean: duration(of.mean),
        })}
      </p>
      {escalated !== undefined && escalated.n > 0 && (
        <button
          type="button"
          onClick={() => onOpen("time_to_claim_from_escalation")}
          className="min-h-6 text-start text-quiet underline decoration-line-strong underline-offset-2 hover:text-ink"
        >
          {i18n._("From escalation: p50 {p50} · n {n}", {
            p50: duration(shown(escalated, "p50")),
            n: number(escalated.n),
          })}
        </button>
      )}
    </FigureCard>
  );
}
