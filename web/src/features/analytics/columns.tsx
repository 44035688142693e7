import { i18n } from "@lingui/core";
import type { ReactNode } from "react";

import { number, percent } from "@/ui/numbers";

import { DistributionText } from "./DistributionText";
import { ended, otherwise, received, type AgentFigures } from "./figures";
import type { ColumnId, Metric, Outcome } from "./search";
import { metricName, outcomeName, shortRule } from "./words";

export interface Column {
  readonly id: ColumnId;
  readonly name: string;
  /** The second line of the heading: what stands there, and which moment decides. */
  readonly detail: string;
  readonly cell: (of: AgentFigures) => ReactNode;
  /** The list behind the cell; undefined when nothing is behind it. */
  readonly opens?: (of: AgentFigures) => Opened | undefined;
  /** A figure of its own below. */
  readonly below?: Pick<Column, "cell" | "opens">;
}

export interface Opened {
  readonly metric: Metric;
  readonly outcome?: Outcome;
}

/** The columns after the agent's name. */
export function columns(): Column[] {
  const measured = (id: "time_to_claim" | "response_after_claim" | "hold"): Column => ({
    id,
    name: metricName(id),
    detail: i18n._("p50 · p90, {rule}", { rule: shortRule(id) }),
    cell: (of) => <DistributionText of={of[id]} />,
    opens: (of) => (of[id].n > 0 ? { metric: id } : undefined),
  });
  const outcome = (id: "resolved" | "released"): Column => ({
    id,
    name: outcomeName(id),
    detail: shortRule("outcomes"),
    cell: (of) => <Two first={number(of.outcomes[id])} second={percent(of.outcomes[id], ended(of))} />,
    opens: (of) => (of.outcomes[id] > 0 ? { metric: "outcomes", outcome: id } : undefined),
  });
  return [
    {
      id: "claimed",
      name: metricName("claimed"),
      detail: shortRule("claimed"),
      cell: (of) => (
        <Two
          first={number(of.claimed.spells)}
          second={i18n._("{received} received", { received: number(received(of)) })}
        />
      ),
      opens: (of) => (of.claimed.spells > 0 ? { metric: "claimed" } : undefined),
    },
    measured("time_to_claim"),
    measured("response_after_claim"),
    measured("hold"),
    outcome("resolved"),
    outcome("released"),
    {
      id: "otherwise",
      name: i18n._("Other ends"),
      detail: shortRule("outcomes"),
      cell: (of) => <Two first={number(otherwise(of))} second={percent(otherwise(of), ended(of))} />,
      opens: (of) => (otherwise(of) > 0 ? { metric: "outcomes" } : undefined),
    },
    {
      id: "contention",
      name: i18n._("Contention"),
      detail: i18n._("per 1,000"),
      cell: ({ contention: { per_1000_attempts, already_claimed, attempts } }) => (
        <Two
          first={number(per_1000_attempts)}
          second={i18n._("{lost} of {attempts}", {
            lost: number(already_claimed),
            attempts: number(attempts),
          })}
        />
      ),
      opens: (of) => (of.contention.already_claimed > 0 ? { metric: "contention" } : undefined),
    },
    {
      id: "duplicates",
      name: i18n._("Duplicates"),
      detail: i18n._("target 0"),
      cell: (of) => <span className="block">{number(of.duplicate_replies)}</span>,
      opens: (of) => (of.duplicate_replies > 0 ? { metric: "duplicate_replies" } : undefined),
      below: {
        cell: (of) => (
          <span className="block text-xs text-quiet">
            {i18n._("{held} held sends", { held: number(of.contention.held_sends) })}
          </span>
        ),
        opens: (of) => (of.contention.held_sends > 0 ? { metric: "held_sends" } : undefined),
      },
    },
  ];
}

function Two({ first, second }: { first: string; second: string }) {
  return (
    <>
      <span className="block">{first}</span>
      <span className="block text-xs text-quiet">{second}</span>
    </>
  );
}
