import { i18n } from "@lingui/core";

import { number, percent } from "@/ui/numbers";

import type { AgentFigures } from "../figures";
import { periodRule, WAYS, wayName } from "../words";
import { ChartCard } from "./ChartCard";
import { ChartTable } from "./ChartTable";
import { StackedBars } from "./StackedBars";
import { largestKind, wholeOf, type StackRow } from "./stacks";
import { countTicks } from "./ticks";

/** Claimed per agent, by way. */
export function ClaimedChart({ agents }: { agents: readonly AgentFigures[] }) {
  const title = i18n._("Claimed, by way");
  const rows = agents
    .filter((each) => each.claimed.spells > 0)
    .sort((a, b) => b.claimed.spells - a.claimed.spells)
    .map(({ agent, claimed }) => ({ id: agent.id, name: agent.name, parts: claimed.by_way }));
  const most = Math.max(0, ...rows.map(({ parts }) => wholeOf(parts)));
  const said = summary(rows);
  return (
    <ChartCard
      title={title}
      rule={periodRule("claimed")}
      summary={said}
      chart={
        <StackedBars
          rows={rows}
          kinds={WAYS.map((id) => ({ id, name: wayName(id) }))}
          ticks={countTicks(most, 5)}
          tickText={number}
          value={(row) => number(wholeOf(row.parts))}
          label={`${title}. ${said}`}
        />
      }
      table={
        <ChartTable
          caption={title}
          head={[i18n._("Agent"), i18n._("All"), ...WAYS.map(wayName)]}
          rows={rows.map(({ id, name, parts }) => ({
            id,
            name,
            cells: [number(wholeOf(parts)), ...WAYS.map((way) => number(parts[way] ?? 0))],
          }))}
        />
      }
    />
  );
}

function summary(rows: readonly StackRow[]): string {
  const all = rows.reduce((sum, { parts }) => sum + wholeOf(parts), 0);
  const first = rows[0];
  const kind = largestKind(rows);
  if (first === undefined || kind === undefined) return i18n._("Nothing was claimed.");
  if (rows.length === 1) {
    return i18n._("{name} claimed {all}. The most used way is “{way}”, {share} of all.", {
      name: first.name,
      all: number(all),
      way: wayName(kind.id),
      share: percent(kind.count, all),
    });
  }
  return i18n._("{name} claimed the most: {most} of {all}. The most used way is “{way}”, {share} of all.", {
    name: first.name,
    most: number(wholeOf(first.parts)),
    all: number(all),
    way: wayName(kind.id),
    share: percent(kind.count, all),
  });
}
