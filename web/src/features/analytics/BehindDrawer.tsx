import { i18n } from "@lingui/core";

import { Dialog } from "@/ui/Dialog";
import { Select } from "@/ui/Select";

import { CollisionsList } from "./CollisionsList";
import type { AgentFigures, Performance } from "./figures";
import { periodText } from "./periods";
import type { Time } from "./queries";
import { COUNTS, isCount, OUTCOMES, type Metric } from "./search";
import { SpellsList } from "./SpellsList";
import { useAnalyticsSearch } from "./useAnalyticsSearch";
import { metricName, outcomeName, periodRule } from "./words";

/** The list behind a figure, in a drawer: the spells or the moments it is made of. The address says which. */
export function BehindDrawer({ performance }: { performance: Performance }) {
  const [{ metric, agent, outcome, time = "elapsed" }, change] = useAnalyticsSearch();
  const chosen = metric && agentOf(performance.agents, agent, metric);
  if (metric === undefined || chosen === undefined) return null;
  const within = { agentId: chosen.agent.id, from: performance.from, to: performance.to };
  const close = () => change({ metric: undefined, agent: undefined, outcome: undefined });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && close()}
      title={`${metricName(metric)} · ${chosen.agent.name}`}
      description={description(performance, metric, time)}
      side="right"
      wide
    >
      <div className="space-y-3">
        <div className="flex flex-wrap gap-2">
          {performance.agents.length > 1 && (
            <Select
              label={i18n._("Agent")}
              value={chosen.agent.id}
              options={performance.agents.map((each) => ({ value: each.agent.id, label: each.agent.name }))}
              onChange={(id) => change({ agent: id })}
            />
          )}
          {isCount(metric) && (
            <Select
              label={i18n._("Figure")}
              value={metric}
              options={COUNTS.filter((each) => each !== "bot_leakage" || chosen.bot_leakage !== null).map(
                (each) => ({ value: each, label: metricName(each) }),
              )}
              onChange={(next) => change({ metric: next, agent: chosen.agent.id })}
            />
          )}
          {metric === "outcomes" && (
            <Select
              label={i18n._("Outcome")}
              value={outcome ?? "all"}
              options={[
                { value: "all", label: i18n._("Every outcome") },
                ...OUTCOMES.map((each) => ({ value: each, label: outcomeName(each) })),
              ]}
              onChange={(value) => change({ outcome: value === "all" ? undefined : value })}
            />
          )}
        </div>
        {isCount(metric) ? (
          <CollisionsList behind={{ ...within, metric }} zone={performance.time_zone} />
        ) : (
          <SpellsList behind={{ ...within, metric, outcome, time }} zone={performance.time_zone} />
        )}
      </div>
    </Dialog>
  );
}

/** The agent in the address; without one, who has most behind the figure. */
function agentOf(agents: readonly AgentFigures[], id: string | undefined, metric: Metric) {
  if (id !== undefined) return agents.find((each) => each.agent.id === id);
  return [...agents].sort((a, b) => behind(b, metric) - behind(a, metric))[0];
}

/** How much is behind an agent's figure. */
function behind(of: AgentFigures, metric: Metric): number {
  switch (metric) {
    case "claimed":
      return of.claimed.spells;
    case "outcomes":
      return of.hold.n;
    case "contention":
      return of.contention.already_claimed;
    case "held_sends":
      return of.contention.held_sends;
    case "duplicate_replies":
    case "bot_leakage":
      return of[metric] ?? 0;
    default:
      return of[metric].n;
  }
}

function description(performance: Performance, metric: Metric, time: Time): string {
  if (isCount(metric)) {
    return i18n._("{rule}, {period} ({zone})", {
      rule: periodRule(metric),
      period: periodText(performance),
      zone: performance.time_zone,
    });
  }
  return i18n._("{rule}, {period} ({zone}), {clock}", {
    rule: periodRule(metric),
    period: periodText(performance),
    zone: performance.time_zone,
    clock: time === "elapsed" ? i18n._("elapsed time") : i18n._("business time"),
  });
}
