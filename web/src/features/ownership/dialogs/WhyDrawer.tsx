import { useQuery } from "@tanstack/react-query";
import { i18n } from "@lingui/core";
import { CircleCheck, CircleSlash } from "lucide-react";

import { eligibilityQuery } from "@/api/queries";
import type { Prospect } from "@/api/types";
import { Avatar } from "@/ui/Avatar";
import { Dialog } from "@/ui/Dialog";
import { customerName } from "@/ui/ownership";
import { Bar, Late } from "@/ui/Skeleton";
import { moment } from "@/ui/time";

import { obstacleText } from "../obstacles";
import { availabilityText } from "../words";
import type { OwnershipDialogProps } from "./dialogProps";

/** For every agent whether they could claim this conversation now, and why not. */
export function WhyDrawer({ ownership: { conversation }, close }: OwnershipDialogProps) {
  const { data, dataUpdatedAt, error } = useQuery({ ...eligibilityQuery(conversation.id), staleTime: 0 });
  const prospects = [...(data?.data ?? [])].sort((a, b) => Number(b.eligible) - Number(a.eligible));
  const count = prospects.filter(({ eligible }) => eligible).length;
  return (
    <Dialog
      open
      side="right"
      onOpenChange={(open) => !open && close()}
      title={i18n._("Who could claim {name}?", { name: customerName(conversation) })}
      description={
        data &&
        i18n._("{count, plural, one {# agent} other {# agents}} of {all} could, as of {time}.", {
          count,
          all: prospects.length,
          time: moment(new Date(dataUpdatedAt).toISOString()),
        })
      }
    >
      {error !== null && <p className="text-bad">{error.message}</p>}
      {data === undefined && error === null && (
        <Late>
          <Bar className="h-8" />
          <Bar className="mt-3 h-8" />
        </Late>
      )}
      <ul className="divide-y divide-line">
        {prospects.map((prospect) => (
          <Line key={prospect.agent.id} prospect={prospect} />
        ))}
      </ul>
    </Dialog>
  );
}

function Line({ prospect: { agent, eligible, reasons, held, limit, availability } }: { prospect: Prospect }) {
  return (
    <li className="flex items-start gap-2.5 py-2.5">
      <Avatar name={agent.name} size={8} />
      <div className="min-w-0 flex-1">
        <p className="flex items-baseline justify-between gap-2">
          <span className="truncate font-medium">{agent.name}</span>
          <span className="shrink-0 text-xs text-quiet tabular-nums">
            {availabilityText(availability)} · {i18n._("{held} of {limit}", { held, limit })}
          </span>
        </p>
        {eligible ? (
          <p className="flex items-center gap-1.5 text-[0.8125rem] text-mine">
            <CircleCheck size={14} aria-hidden="true" />
            {i18n._("Could claim it now")}
          </p>
        ) : (
          <ul className="text-[0.8125rem] text-quiet">
            {reasons.map((reason) => (
              <li key={reason.code} className="flex items-center gap-1.5">
                <CircleSlash size={14} aria-hidden="true" className="shrink-0" />
                {obstacleText(reason)}
              </li>
            ))}
          </ul>
        )}
      </div>
    </li>
  );
}
