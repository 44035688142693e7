import { i18n } from "@lingui/core";

import { number } from "@/ui/numbers";

import { Delta } from "./Delta";
import { FigureCard } from "./FigureCard";
import { perThousand, type Totals } from "./figures";
import type { Count } from "./search";
import { periodRule } from "./words";

/** How often two people reached for the same conversation, and what came of it. */
export function CollisionsCard({
  now,
  before,
  onOpen,
}: {
  now: Totals;
  before: Totals | undefined;
  onOpen: (metric: Count) => void;
}) {
  return (
    <FigureCard
      name={i18n._("Contention")}
      rule={periodRule("contention")}
      value={number(perThousand(now))}
      unit={i18n._("per 1,000 claims came too late")}
      onOpen={now.lost > 0 ? () => onOpen("contention") : undefined}
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
        {i18n._("{lost} of {attempts} attempts", { lost: number(now.lost), attempts: number(now.attempts) })}
      </p>
      <p className="text-quiet">
        <Listed n={now.held} open={() => onOpen("held_sends")}>
          {i18n._("{held} held sends", { held: number(now.held) })}
        </Listed>
        {" · "}
        <Listed n={now.duplicates} open={() => onOpen("duplicate_replies")}>
          {i18n._("{duplicates} duplicate replies", { duplicates: number(now.duplicates) })}
        </Listed>
        {" · "}
        {now.leaks === null ? (
          i18n._("bot may answer claimed conversations")
        ) : (
          <Listed n={now.leaks} open={() => onOpen("bot_leakage")}>
            {i18n._("{leaks} bot messages after a claim", { leaks: number(now.leaks) })}
          </Listed>
        )}
      </p>
    </FigureCard>
  );
}

/** A count in a sentence that opens its list, unless there is nothing in it. */
function Listed({ n, open, children }: { n: number; open: () => void; children: string }) {
  if (n === 0) return children;
  return (
    <button
      type="button"
      onClick={open}
      title={i18n._("Open the list")}
      className="-mx-1 min-h-6 rounded-md px-1 underline decoration-line-strong underline-offset-2 hover:bg-hover"
    >
      {children}
    </button>
  );
}
