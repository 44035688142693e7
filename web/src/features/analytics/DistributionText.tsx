import { i18n } from "@lingui/core";

import { duration, NOTHING, number } from "@/ui/numbers";

import { FEWEST, type Distribution } from "./figures";

/** p50 · p90, below them n and the mean; of few only how many and their mean. */
export function DistributionText({ of }: { of: Distribution }) {
  if (of.n === 0) return <span>{NOTHING}</span>;
  return (
    <>
      <span className="block">
        {of.n < FEWEST
          ? i18n._("n < {fewest}", { fewest: FEWEST })
          : `${duration(of.p50)} · ${duration(of.p90)}`}
      </span>
      <span className="block text-xs text-quiet">
        {i18n._("n {n} · mean {mean}", { n: number(of.n), mean: duration(of.mean) })}
      </span>
    </>
  );
}
