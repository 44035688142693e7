import { i18n } from "@lingui/core";
import { useQuery } from "@tanstack/react-query";
import { Bot, Clock, Hand } from "lucide-react";
import type { ReactNode } from "react";

import { settingsQuery } from "@/api/queries";
import type { Conversation } from "@/api/types";
import { Keys } from "@/ui/Keys";
import { moment } from "@/ui/time";

import { isBotServing, type Rights } from "./rights";

/** What the bot does here, and what a reply does besides being sent. */
export function Hint({ conversation, allowed }: { conversation: Conversation; allowed: Rights }) {
  const { data: settings } = useQuery(settingsQuery);
  const isServing = isBotServing(conversation, settings?.pause_bot_on_claim ?? true);
  const isPaused = conversation.bot_paused && conversation.assignee !== null;
  return (
    <p className="ml-auto flex min-w-0 flex-wrap items-center justify-end gap-x-3 px-1 text-xs text-quiet">
      {isServing && <Part icon={<Bot size={13} />}>{i18n._("Assistant is replying")}</Part>}
      {isPaused && <Part icon={<Bot size={13} />}>{i18n._("Assistant paused")}</Part>}
      {conversation.reply_until !== null && allowed.lock === undefined && (
        <Part icon={<Clock size={13} />}>
          {i18n._("Takes replies until {when}", { when: moment(conversation.reply_until) })}
        </Part>
      )}
      {allowed.replyClaims === true && (
        <Part icon={<Hand size={13} />}>{i18n._("Replying claims this")}</Part>
      )}
      {allowed.replyClaims === false && (
        <Part icon={<Hand size={13} />}>
          {i18n._("Replying does not claim this")} <Keys action="claim" />
        </Part>
      )}
    </p>
  );
}

function Part({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <span className="inline-flex items-center gap-1 whitespace-nowrap">
      <span aria-hidden="true">{icon}</span>
      {children}
    </span>
  );
}
