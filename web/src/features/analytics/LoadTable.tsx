import { i18n } from "@lingui/core";
import { useState } from "react";

import { EmptyState } from "@/ui/EmptyState";
import { Segmented } from "@/ui/Segmented";

import type { Load } from "./boardQuery";
import { inOrder, type Order } from "./load";
import { LoadRow } from "./LoadRow";

/** Who carries how much. */
export function LoadTable({ agents }: { agents: readonly Load[] }) {
  const [order, setOrder] = useState<Order>("load");
  return (
    <section aria-label={i18n._("Load per agent")} className="rounded-xl border border-line bg-surface">
      <div className="flex flex-wrap items-center justify-between gap-2 px-4 pt-3 pb-2">
        <h2 className="font-medium">{i18n._("Load per agent")}</h2>
        <Segmented
          small
          label={i18n._("Order")}
          value={order}
          options={[
            { value: "load", label: i18n._("Fullest first") },
            { value: "name", label: i18n._("By name") },
          ]}
          onChange={setOrder}
        />
      </div>
      {agents.length === 0 ? (
        <EmptyState title={i18n._("No agent can claim yet.")}>
          <p>{i18n._("Invite somebody in Settings > Team > Members.")}</p>
        </EmptyState>
      ) : (
        <table className="w-full border-t border-line text-[0.8125rem] @min-[80rem]:text-base">
          <caption className="sr-only">{i18n._("Load per agent")}</caption>
          <thead className="text-xs text-quiet @max-[44rem]:sr-only">
            <tr>
              <th scope="col" className="py-2 ps-4 pe-2 text-start font-medium">
                {i18n._("Agent")}
              </th>
              <th scope="col" className="w-2/5 px-2 py-2 text-start font-medium">
                {i18n._("Held")}
              </th>
              {[i18n._("Waiting"), i18n._("Snoozed"), i18n._("Stale")].map((name) => (
                <th key={name} scope="col" className="px-2 py-2 text-end font-medium">
                  {name}
                </th>
              ))}
              <th scope="col" className="py-2 ps-2 pe-4 text-end font-medium">
                {i18n._("Last activity")}
              </th>
            </tr>
          </thead>
          <tbody>
            {inOrder(agents, order, i18n.locale).map((load) => (
              <LoadRow key={load.agent.id} load={load} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
