import { i18n } from "@lingui/core";
import {
  Archive,
  BellOff,
  BellRing,
  Bot,
  CircleCheck,
  Hand,
  Hourglass,
  MessageCircleQuestion,
  RotateCcw,
  Siren,
  UserRoundPlus,
  UserRoundX,
} from "lucide-react";

import { fullMoment } from "@/ui/time";

import { clock } from "./clock";
import { stepText } from "./steps";
import type { Step } from "./timeline";

const ICONS: Record<string, typeof Hand> = {
  claimed: Hand,
  released: UserRoundX,
  reassigned: UserRoundPlus,
  resolved: CircleCheck,
  reopened: RotateCcw,
  snoozed: BellOff,
  woken: BellRing,
  archived: Archive,
  escalated: Siren,
  stale: Hourglass,
};

/** A step in the conversation's life: who, when, why. The customer never sees it. */
export function StepLine({ step, before, me }: { step: Step; before: Step | undefined; me: string }) {
  const { text, why } = stepText(step, before, me);
  const Icon = step.reason === "handed_back" ? Bot : (ICONS[step.kind] ?? MessageCircleQuestion);
  return (
    <p className="flex items-center gap-2 pt-3 text-xs text-quiet before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
      <span className="flex max-w-[85%] items-center gap-1.5">
        <Icon size={13} aria-hidden="true" className="shrink-0" />
        <span className="min-w-0 [overflow-wrap:anywhere]">
          {text}
          {why !== undefined && <span className="italic"> · {i18n._("“{why}”", { why })}</span>}
          {" · "}
          <time dateTime={step.at} title={fullMoment(step.at)} className="tabular-nums">
            {clock(step.at)}
          </time>
        </span>
      </span>
    </p>
  );
}
