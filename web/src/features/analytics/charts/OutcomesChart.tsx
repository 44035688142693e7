import { i18n } from "@lingui/core";

import { number, percent } from "@/ui/numbers";

import { ended, type AgentFigures } from "../figures";
import { OUTCOMES } from "../search";
import { outcomeName, periodRule } from "../words";
import { ChartCard } from "./ChartCard";
import { ChartTable } from "./ChartTable";
import { StackedBars } from "./StackedBars";
import { wholeOf, type StackRow } from "./stacks";

const SHARES = [0, 0.25, 0.5, 0.75, 1];

/** How the claims of each agent ended, as shares. */
export function OutcomesChart({ agents }: { agents: readonly AgentFigures[] }) {
  const title = i18n._("Outcomes");
  const rows = agents
    .filter((each) => ended(each) > 0)
    .map(({ agent, outcomes }) => ({ id: agent.id, name: agent.name, parts: outcomes }))
    .sort((a, b) => b.parts.resolved / wholeOf(b.parts) - a.parts.resolved / wholeOf(a.parts));
  const said = summary(rows);
  return (
    <ChartCard
      title={title}
      rule={periodRule("outcomes")}
      summary={said}
      chart={
        <StackedBars
          isShare
          rows={rows}
          kinds={OUTCOMES.map((id) => ({ id, name: outcomeName(id) }))}
          ticks={SHARES}
          tickText={(share) => percent(share, 1)}
          value={(row) =>
            i18n._("{share} resolved of {n}", {
              share: percent(row.parts["resolved"] ?? 0, wholeOf(row.parts)),
              n: number(wholeOf(row.parts)),
            })
          }
          label={`${title}. ${said}`}
        />
      }
      table={
        <ChartTable
          caption={title}
          head={[i18n._("Agent"), i18n._("Ended"), ...OUTCOMES.map(outcomeName)]}
          rows={rows.map(({ id, name, parts }) => ({
            id,
            name,
            cells: [number(wholeOf(parts)), ...OUTCOMES.map((each) => number(parts[each]))],
          }))}
        />
      }
    />
  );
}

function summary(rows: readonly StackRow[]): string {
  const sum = (of: (row: StackRow) => number) => rows.reduce((all, row) => all + of(row), 0);
  const all = sum(({ parts }) => wholeOf(parts));
  if (all === 0) return i18n._("No claim ended.");
  return i18n._("Of {all} ended claims {resolved} were resolved and {released} released.", {
    all: number(all),
    resolved: percent(
      sum(({ parts }) => parts["resolved"] ?? 0),
      all,
    ),
    released: percent(
      sum(({ parts }) => parts["released"] ?? 0),
      all,
    ),
  });
}
