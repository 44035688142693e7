import { i18n } from "@lingui/core";

import { number, percent } from "@/ui/numbers";

import { CollisionsCard } from "./CollisionsCard";
import { Delta } from "./Delta";
import { DurationCard } from "./DurationCard";
import { FigureCard } from "./FigureCard";
import { totals } from "./figures";
import type { SummaryProps } from "./summaryProps";
import { periodRule } from "./words";

/** The figures of everybody in sight together. */
export function Summary({ now, before, onOpen }: SummaryProps) {
  const all = totals(now.agents);
  const earlier = before && totals(before.agents);
  const { spells, received, outcomes, ended } = all;
  return (
    <section aria-label={i18n._("Summary")} className="grid gap-3 sm:grid-cols-2 xl:grid-cols-3">
      <FigureCard
        name={i18n._("Claimed")}
        rule={periodRule("claimed")}
        value={number(spells)}
        onOpen={spells > 0 ? () => onOpen("claimed") : undefined}
      >
        {earlier && (
          <Delta now={spells} before={earlier.spells} beforeText={number(earlier.spells)} sense="amount" />
        )}
        <p className="text-quiet">
          {i18n._(
            "{conversations, plural, one {# conversation} other {# conversations}} · {received} received by reassigning or taking over",
            { conversations: now.together.conversations, received: number(received) },
          )}
        </p>
      </FigureCard>
      <DurationCard metric="time_to_claim" now={now} before={before} onOpen={onOpen} />
      <DurationCard metric="response_after_claim" now={now} before={before} onOpen={onOpen} />
      <DurationCard metric="hold" now={now} before={before} onOpen={onOpen} />
      <FigureCard
        name={i18n._("Resolved and released")}
        rule={periodRule("outcomes")}
        value={percent(outcomes.resolved, ended)}
        unit={i18n._("resolved")}
        onOpen={ended > 0 ? () => onOpen("outcomes") : undefined}
      >
        {earlier && (
          <Delta
            now={ended === 0 ? null : outcomes.resolved / ended}
            before={earlier.ended === 0 ? null : earlier.outcomes.resolved / earlier.ended}
            beforeText={percent(earlier.outcomes.resolved, earlier.ended)}
            sense="share"
          />
        )}
        <p className="text-quiet">
          {i18n._("{share} released · {n} ended", {
            share: percent(outcomes.released, ended),
            n: number(ended),
          })}
        </p>
      </FigureCard>
      <CollisionsCard now={all} before={earlier} onOpen={onOpen} />
    </section>
  );
}
