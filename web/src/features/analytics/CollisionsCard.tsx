import { i18n } from "@lingui/core";

import { number } from "@/ui/numbers";

import { Delta } from "./Delta";
import { FigureCard } from "./FigureCard";
import { perThousand, type Totals } from "./figures";

/** How often two people reached for the same conversation, and what came of it. */
export function CollisionsCard({ now, before }: { now: Totals; before: Totals | undefined }) {
  return (
    <FigureCard
      name={i18n._("Contention")}
      rule={i18n._("By time of the attempt")}
      value={number(perThousand(now))}
      unit={i18n._("per 1,000 claims came too late")}
    >
      {before && (
        <Delta
          now={perThousand(now)}
          before={perThousand(before)}
          beforeText={number(perThousand(before))}
          sense="trouble"
        />
      )}
      <p className="text-quiet">
        {i18n._("{lost} of {attempts} attempts · {held} held sends", {
          lost: number(now.lost),
          attempts: number(now.attempts),
          held: number(now.held),
        })}
      </p>
      <p className="text-quiet">
        {i18n._("{duplicates} duplicate replies", { duplicates: number(now.duplicates) })}
        {" · "}
        {now.leaks === null
          ? i18n._("bot may answer claimed conversations")
          : i18n._("{leaks} bot messages after a claim", { leaks: number(now.leaks) })}
      </p>
    </FigureCard>
  );
}
