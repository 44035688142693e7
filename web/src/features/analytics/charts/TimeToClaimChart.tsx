import { i18n } from "@lingui/core";

import { duration, number } from "@/ui/numbers";

import { FEWEST, type AgentFigures } from "../figures";
import { metricName, periodRule } from "../words";
import { ChartCard } from "./ChartCard";
import { ChartTable } from "./ChartTable";
import { Dumbbells, type Dumbbell } from "./Dumbbells";

/** p50 and p90 of the time to claim, agent by agent; only those with enough to say something. */
export function TimeToClaimChart({ agents }: { agents: readonly AgentFigures[] }) {
  const title = i18n._("Time to claim, p50 and p90");
  const rows = agents
    .map(({ agent, time_to_claim: { p50, p90, n } }) => ({ id: agent.id, name: agent.name, p50, p90, n }))
    .filter((each): each is Dumbbell => each.n >= FEWEST && each.p50 !== null && each.p90 !== null)
    .sort((a, b) => a.p50 - b.p50);
  const few = agents.filter(({ time_to_claim: { n } }) => n > 0 && n < FEWEST);
  const said = [summary(rows), leftOut(few)].filter((each) => each !== "").join(" ");
  return (
    <ChartCard
      title={title}
      rule={periodRule("time_to_claim")}
      summary={said}
      chart={<Dumbbells rows={rows} label={`${metricName("time_to_claim")}. ${said}`} />}
      table={
        <ChartTable
          caption={title}
          head={[i18n._("Agent"), "p50", "p90", "n", i18n._("Mean")]}
          rows={agents
            .filter((each) => each.time_to_claim.n > 0)
            .map(({ agent, time_to_claim: { p50, p90, n, mean } }) => ({
              id: agent.id,
              name: agent.name,
              cells: [
                n < FEWEST ? i18n._("n < {fewest}", { fewest: FEWEST }) : duration(p50),
                n < FEWEST ? i18n._("n < {fewest}", { fewest: FEWEST }) : duration(p90),
                number(n),
                duration(mean),
              ],
            }))}
        />
      }
    />
  );
}

function summary(rows: readonly Dumbbell[]): string {
  const [first, last] = [rows[0], rows.at(-1)];
  if (first === undefined || last === undefined) return i18n._("Too few claims to show percentiles.");
  if (first === last) {
    return i18n._("{name} claims half within {p50} and nine of ten within {p90}.", {
      name: first.name,
      p50: duration(first.p50),
      p90: duration(first.p90),
    });
  }
  return i18n._("The median goes from {fastest} ({first}) to {slowest} ({last}).", {
    fastest: duration(first.p50),
    first: first.name,
    slowest: duration(last.p50),
    last: last.name,
  });
}

function leftOut(few: readonly AgentFigures[]): string {
  if (few.length === 0) return "";
  const names = new Intl.ListFormat(i18n.locale).format(few.map(({ agent }) => agent.name));
  return i18n._("Left out, with fewer than {fewest} claims: {names}.", { fewest: FEWEST, names });
}
