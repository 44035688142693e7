import { i18n } from "@lingui/core";

import { Dialog } from "@/ui/Dialog";
import { Select } from "@/ui/Select";

import type { AgentFigures, Performance } from "./figures";
import { periodText } from "./periods";
import type { Time } from "./queries";
import { OUTCOMES, type Metric } from "./search";
import { SpellsList } from "./SpellsList";
import { useAnalyticsSearch } from "./useAnalyticsSearch";
import { metricName, outcomeName, periodRule } from "./words";

/** The list behind a figure, in a drawer: the spells it is made of. The address says which. */
export function SpellsDrawer({ performance }: { performance: Performance }) {
  const [{ metric, agent, outcome, time = "elapsed" }, change] = useAnalyticsSearch();
  const chosen = metric && agentOf(performance.agents, agent, metric);
  if (metric === undefined || chosen === undefined) return null;
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
        <SpellsList
          behind={{
            agentId: chosen.agent.id,
            metric,
            outcome,
            from: performance.from,
            to: performance.to,
            time,
          }}
          zone={performance.time_zone}
        />
      </div>
    </Dialog>
  );
}

/** The agent in the address; without one, who has most behind the figure. */
function agentOf(agents: readonly AgentFigures[], id: string | undefined, metric: Metric) {
  if (id !== undefined) return agents.find((each) => each.agent.id === id);
  const size = (of: AgentFigures) =>
    metric === "claimed" ? of.claimed.spells : metric === "outcomes" ? of.hold.n : of[metric].n;
  return [...agents].sort((a, b) => size(b) - size(a))[0];
}

function description(performance: Performance, metric: Metric, time: Time): string {
  return i18n._("{rule}, {period} ({zone}), {clock}", {
    rule: periodRule(metric),
    period: periodText(performance),
    zone: performance.time_zone,
    clock: time === "elapsed" ? i18n._("elapsed time") : i18n._("business time"),
  });
}
