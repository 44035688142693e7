import { useQuery } from "@tanstack/react-query";
import { i18n } from "@lingui/core";
import { AlarmClock, Ban, Bot, BotOff, Flame, Hourglass } from "lucide-react";

import { settingsQuery } from "@/api/queries";
import { Badge } from "@/ui/Badge";
import { moment } from "@/ui/time";

import { ActButton } from "./ActButtons";
import type { Act } from "./useActs";
import type { Ownership } from "./useOwnership";

/** The facts beside ownership: escalated, stale, snoozed, and what the bot does. */
export function FactBadges({ ownership, handBack }: { ownership: Ownership; handBack: Act }) {
  const { conversation, whose } = ownership;
  const { escalated_at, stale, status, snoozed_until } = conversation;
  const { data: settings } = useQuery(settingsQuery);
  const isServed =
    !conversation.bot_paused &&
    escalated_at === null &&
    (whose === "unclaimed" || settings?.pause_bot_on_claim === false);
  return (
    <span className="ml-auto flex min-w-0 flex-wrap items-center gap-1.5">
      {escalated_at !== null && (
        <Badge tone="bad" icon={<Flame size={12} aria-hidden="true" />}>
          {i18n._("Escalated")}
        </Badge>
      )}
      {conversation.spam && (
        <Badge tone="bad" icon={<Ban size={12} aria-hidden="true" />}>
          {i18n._("Spam")}
        </Badge>
      )}
      {stale && (
        <Badge tone="warn" icon={<Hourglass size={12} aria-hidden="true" />}>
          {i18n._({ id: "Stale (one)", message: "Stale" })}
        </Badge>
      )}
      {status === "snoozed" && (
        <Badge tone="accent" icon={<AlarmClock size={12} aria-hidden="true" />}>
          {snoozed_until === null
            ? i18n._("Snoozed until the customer replies")
            : i18n._("Snoozed until {time}", { time: moment(snoozed_until) })}
        </Badge>
      )}
      {whose !== "closed" && (isServed || conversation.bot_paused) && (
        <Badge
          icon={isServed ? <Bot size={12} aria-hidden="true" /> : <BotOff size={12} aria-hidden="true" />}
        >
          {isServed ? i18n._("Assistant is replying") : i18n._("Assistant paused")}
        </Badge>
      )}
      <ActButton act={handBack} small look="quiet" className="@max-lg:hidden" />
    </span>
  );
}
