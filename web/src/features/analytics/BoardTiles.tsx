import { Link } from "@tanstack/react-router";
import { i18n } from "@lingui/core";
import { CircleArrowUp, Hourglass, Inbox, TimerOff, type LucideIcon } from "lucide-react";

import { cx } from "@/ui/cx";
import { capped, duration } from "@/ui/numbers";
import { useNow } from "@/ui/time";

import type { Board } from "./boardQuery";

/** The four figures of the board; each leads to the view behind it. */
export function BoardTiles({ board }: { board: Board }) {
  const { waiting, escalated, stale } = board;
  const now = useNow();
  const oldest = duration(
    waiting.oldest_since === null ? null : Math.max(0, now - Date.parse(waiting.oldest_since)) / 1_000,
  );
  return (
    <section
      aria-label={i18n._("Now")}
      className="grid grid-cols-1 gap-3 @min-[22rem]:grid-cols-2 @min-[60rem]:grid-cols-4"
    >
      <Tile
        icon={Inbox}
        name={i18n._("Waiting for an answer")}
        value={capped(waiting)}
        view="all"
        sort="waiting"
      />
      <Tile icon={Hourglass} name={i18n._("Longest wait")} value={oldest} view="all" sort="waiting" />
      <Tile
        icon={CircleArrowUp}
        name={i18n._("Escalated, unclaimed")}
        value={capped(escalated)}
        view="unclaimed"
        isTrouble={escalated.count > 0}
      />
      <Tile
        icon={TimerOff}
        name={i18n._("Stale claims")}
        value={capped(stale)}
        view="stale"
        isTrouble={stale.count > 0}
      />
    </section>
  );
}

function Tile({
  icon: Icon,
  name,
  value,
  view,
  sort,
  isTrouble = false,
}: {
  icon: LucideIcon;
  name: string;
  value: string;
  view: string;
  sort?: string;
  isTrouble?: boolean;
}) {
  return (
    <Link
      to="/inbox/$view"
      params={{ view }}
      search={sort === undefined ? {} : { sort }}
      className="group rounded-xl border border-line bg-surface p-4 hover:border-line-strong"
    >
      <span className="flex items-center gap-1.5 text-[0.8125rem] text-quiet @min-[80rem]:text-base">
        <Icon size={15} aria-hidden="true" className={cx(isTrouble && "text-warn")} />
        {name}
      </span>
      <span
        className={cx(
          "mt-1 block text-2xl font-semibold tracking-tight tabular-nums decoration-2 underline-offset-4 group-hover:underline @min-[40rem]:text-3xl @min-[80rem]:text-6xl",
          isTrouble && "text-warn",
        )}
      >
        {value}
      </span>
    </Link>
  );
}
