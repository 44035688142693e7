import { i18n } from "@lingui/core";
import { Bot, ChevronDown, ChevronsUp, ChevronUp, Megaphone, TimerOff, type LucideIcon } from "lucide-react";

import type { Conversation } from "@/api/types";

import { isBotServing } from "./words";

interface Flag {
  readonly text: string;
  readonly Icon: LucideIcon;
  readonly tone: string;
}

/** What stands out about a conversation, the most pressing first. */
export function flagsOf(conversation: Conversation): Flag[] {
  const { escalated_at, priority, stale } = conversation;
  const flags: (Flag | false)[] = [
    escalated_at !== null && { text: i18n._("Escalated"), Icon: Megaphone, tone: "text-bad" },
    priority === "urgent" && { text: i18n._("Urgent"), Icon: ChevronsUp, tone: "text-bad" },
    priority === "high" && { text: i18n._("High priority"), Icon: ChevronUp, tone: "text-warn" },
    priority === "low" && { text: i18n._("Low priority"), Icon: ChevronDown, tone: "text-quiet" },
    stale && { text: i18n._("Stale claim"), Icon: TimerOff, tone: "text-warn" },
    isBotServing(conversation) && {
      text: i18n._("Assistant is replying"),
      Icon: Bot,
      tone: "text-accent-ink",
    },
  ];
  return flags.filter((flag) => flag !== false);
}

/** The flags as icons; their words are in the row's spoken name and on hover. */
export function RowFlags({ conversation }: { conversation: Conversation }) {
  return flagsOf(conversation).map(({ text, Icon, tone }) => (
    <span key={text} title={text} className={`relative z-10 shrink-0 ${tone}`}>
      <Icon size={14} aria-hidden="true" />
    </span>
  ));
}
