import { Link } from "@tanstack/react-router";
import { i18n } from "@lingui/core";

import { Avatar } from "@/ui/Avatar";
import { cx } from "@/ui/cx";
import { NOTHING, number } from "@/ui/numbers";
import { Ago } from "@/ui/Ago";

import type { Load } from "./boardQuery";
import { fullness } from "./load";

const cellClass =
  "px-2 py-2.5 text-end tabular-nums @max-[44rem]:block @max-[44rem]:p-0 @max-[44rem]:text-start";
const DOTS: Record<string, string> = { available: "bg-mine", away: "bg-warn" };

/** What one agent carries; a table row, and where it is narrow a card. */
export function LoadRow({ load }: { load: Load }) {
  const { agent, waiting, snoozed, stale, last_active_at } = load;
  return (
    <tr className="border-t border-line first:border-0 hover:bg-hover @max-[44rem]:grid @max-[44rem]:grid-cols-3 @max-[44rem]:gap-x-2 @max-[44rem]:gap-y-1.5 @max-[44rem]:px-4 @max-[44rem]:py-3">
      <th
        scope="row"
        className="py-2.5 ps-4 pe-2 text-start font-medium @max-[44rem]:col-span-3 @max-[44rem]:p-0"
      >
        <span className="flex items-center gap-2">
          <Avatar name={agent.name} />
          <span className="min-w-0">
            <span className="block truncate">{agent.name}</span>
            <span className="flex items-center gap-1 text-xs font-normal text-quiet">
              <span
                aria-hidden="true"
                className={cx(
                  "size-1.5 rounded-full forced-colors:hidden",
                  DOTS[load.availability] ?? "bg-line-strong",
                )}
              />
              {availabilityName(load.availability)}
            </span>
          </span>
        </span>
      </th>
      <td className="px-2 py-2.5 @max-[44rem]:col-span-3 @max-[44rem]:block @max-[44rem]:p-0">
        <HeldBar load={load} />
      </td>
      <Tally view="all" agentId={agent.id} name={i18n._("Waiting")} value={waiting} sort="waiting" />
      <Tally view="snoozed" agentId={agent.id} name={i18n._("Snoozed")} value={snoozed} />
      <Tally view="stale" agentId={agent.id} name={i18n._("Stale")} value={stale} isTrouble={stale > 0} />
      <td className={cx(cellClass, "pe-4 whitespace-nowrap text-quiet @max-[44rem]:col-span-3")}>
        <span className="@min-[44rem]:hidden">{i18n._("Last activity")} </span>
        {last_active_at === null ? i18n._("never") : <Ago at={last_active_at} />}
      </td>
    </tr>
  );
}

function HeldBar({ load }: { load: Load }) {
  const { agent, held, limit } = load;
  const state = fullness(load);
  const text = i18n._("{held} of {limit}", { held: number(held), limit: number(limit) });
  const words = { free: "", busy: i18n._("nearly full"), full: i18n._("full") }[state];
  return (
    <Link
      to="/inbox/$view"
      params={{ view: "all" }}
      search={{ assignee: agent.id }}
      className="group flex items-center gap-3"
    >
      <span
        aria-hidden="true"
        className="h-2 min-w-16 flex-1 overflow-hidden rounded-full bg-free-soft forced-colors:border"
      >
        <span
          className={cx(
            "block h-full rounded-full forced-colors:bg-[CanvasText]",
            { free: "bg-accent", busy: "bg-warn", full: "bg-bad" }[state],
          )}
          style={{ width: `${Math.min(100, limit === 0 ? 100 : (held / limit) * 100)}%` }}
        />
      </span>
      <span className="w-32 whitespace-nowrap tabular-nums underline-offset-2 group-hover:underline">
        {text}
        {words !== "" && (
          <span className={cx("ms-1.5 text-xs font-medium", state === "full" ? "text-bad" : "text-warn")}>
            {words}
          </span>
        )}
      </span>
    </Link>
  );
}

function Tally({
  view,
  agentId,
  name,
  value,
  sort,
  isTrouble = false,
}: {
  view: string;
  agentId: string;
  name: string;
  value: number;
  sort?: string;
  isTrouble?: boolean;
}) {
  return (
    <td className={cellClass}>
      {value === 0 ? (
        <span className="text-quiet">{number(value)}</span>
      ) : (
        <Link
          to="/inbox/$view"
          params={{ view }}
          search={{ assignee: agentId, ...(sort !== undefined && { sort }) }}
          className={cx(
            "-m-1 inline-block min-w-6 rounded p-1 font-medium underline decoration-line-strong underline-offset-2 hover:decoration-current @max-[44rem]:min-w-0",
            isTrouble && "text-warn",
          )}
        >
          {number(value)}
        </Link>
      )}
      <span className="ms-1 text-quiet @min-[44rem]:sr-only">{name.toLocaleLowerCase(i18n.locale)}</span>
    </td>
  );
}

function availabilityName(availability: string): string {
  const names: Record<string, string> = {
    available: i18n._("Available"),
    away: i18n._("Away"),
    off_shift: i18n._("Off shift"),
  };
  return names[availability] ?? NOTHING;
}
