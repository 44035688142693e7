import { i18n } from "@lingui/core";
import { memo, type MouseEvent } from "react";

import type { Conversation } from "@/api/types";
import { useConversation, usePending } from "@/realtime/hooks";
import { Badge } from "@/ui/Badge";
import { ChannelIcon, channelName } from "@/ui/channels";
import { cx } from "@/ui/cx";
import { customerName } from "@/ui/ownership";
import { Bar } from "@/ui/Skeleton";
import { useNow } from "@/ui/time";

import type { Density } from "./density";
import { matches, type List } from "./matches";
import { RowCheckbox } from "./RowCheckbox";
import { flagsOf, RowFlags } from "./RowFlags";
import { RowOwner } from "./RowOwner";
import { RowPresence } from "./RowPresence";
import { RowTime } from "./RowTime";
import { useSeen } from "./seen";
import { useIsSelected } from "./selection";
import { goneText, spokenName } from "./words";

export interface RowHandlers {
  open: (id: string, event: MouseEvent) => void;
  toggle: (id: string, isRange: boolean) => void;
  focus: (id: string) => void;
  hover: (id: string) => void;
}

export interface RowProps {
  id: string;
  index: number;
  top: number;
  height: number;
  list: List;
  density: Density;
  href: string;
  isOpen: boolean;
  isTabStop: boolean;
  on: RowHandlers;
}

/** One conversation in the list. It listens to its own conversation only. */
export const ConversationRow = memo(function ConversationRow(props: RowProps) {
  const { id, index, top, height, list, isOpen, isTabStop, on } = props;
  const conversation = useConversation(id);
  const isSelected = useIsSelected(id);
  const seen = useSeen(id);
  const now = useNow();
  const isGone = conversation !== undefined && !matches(conversation, list, now);
  const isUnread = conversation !== undefined && !isOpen && hasUnread(conversation, seen, list.me);
  const more = conversation === undefined ? [] : spokenMore(conversation, isUnread, isGone, list);
  return (
    <div
      role="row"
      data-id={id}
      aria-rowindex={index + 1}
      aria-selected={isSelected}
      aria-current={isOpen ? "true" : undefined}
      aria-label={
        conversation === undefined ? i18n._("Loading") : spokenName(conversation, list.me, now, more)
      }
      tabIndex={isTabStop ? 0 : -1}
      onFocus={() => on.focus(id)}
      onPointerEnter={() => on.hover(id)}
      style={{ height, transform: `translateY(${String(top)}px)` }}
      className={cx(
        "group absolute inset-x-0 top-0 flex gap-2.5 border-b border-line pr-3 pl-3.5 outline-offset-[-2px] [contain:strict]",
        props.density === "compact" ? "py-2" : "py-2.5",
        isSelected ? "bg-accent-soft" : isOpen ? "bg-chosen" : isGone ? "bg-sunken" : "hover:bg-hover",
        isOpen && "shadow-[inset_3px_0_0_var(--accent)]",
      )}
    >
      <div role="gridcell" className="relative z-10 flex w-4.5 shrink-0 justify-center pt-px">
        <RowCheckbox
          label={
            conversation === undefined
              ? i18n._("Select")
              : i18n._("Select {name}", { name: customerName(conversation) })
          }
          checked={isSelected}
          onChange={(isRange) => on.toggle(id, isRange)}
        />
      </div>
      <div role="gridcell" className="flex min-w-0 flex-1 flex-col justify-between">
        {conversation === undefined ? (
          <Blank />
        ) : (
          <Lines {...props} conversation={conversation} isUnread={isUnread} isGone={isGone} now={now} />
        )}
      </div>
    </div>
  );
});

interface LinesProps extends RowProps {
  conversation: Conversation;
  isUnread: boolean;
  isGone: boolean;
  now: number;
}

function Lines({ id, list, density, href, on, conversation, isUnread, isGone, now }: LinesProps) {
  const pending = usePending(id);
  const isCompact = density === "compact";
  const owner = <RowOwner conversation={conversation} me={list.me} pending={pending} isShort={isCompact} />;
  const line = (
    <span className={cx("min-w-0 flex-1 truncate", isGone ? "font-medium" : "text-quiet")}>
      {isGone ? goneText(conversation, list) : (conversation.preview ?? conversation.subject ?? "")}
    </span>
  );
  const channel = (
    <span className="flex shrink-0 items-center gap-1 text-xs text-quiet">
      <ChannelIcon channel={conversation.channel} size={13} />
      {channelName(conversation.channel)}
    </span>
  );
  return (
    <>
      <div className="flex h-5 items-center gap-1.5">
        {isUnread && (
          <span className="size-2 shrink-0 rounded-full bg-accent" title={i18n._("Unread messages")} />
        )}
        <a
          href={href}
          tabIndex={-1}
          onClick={(event) => on.open(id, event)}
          className={cx(
            "min-w-0 truncate text-[0.8125rem] outline-none after:absolute after:inset-0",
            isGone ? "font-medium text-quiet" : isUnread ? "font-bold" : "font-semibold",
          )}
        >
          {customerName(conversation)}
        </a>
        <RowPresence id={id} />
        <RowFlags conversation={conversation} />
        <span className="flex-1" />
        <RowTime conversation={conversation} now={now} />
      </div>
      {isCompact ? (
        <div className="flex h-5 items-center gap-2 text-[0.8125rem]">
          {channel}
          {line}
          {owner}
        </div>
      ) : (
        <>
          <div className="flex h-5 items-center text-[0.8125rem]">{line}</div>
          <div className="flex h-5 items-center gap-2">
            {channel}
            <Tags tags={conversation.tags} />
            {owner}
          </div>
        </>
      )}
    </>
  );
}

function Tags({ tags }: { tags: readonly string[] }) {
  return (
    <span className="flex min-w-0 flex-1 gap-1 overflow-hidden">
      {tags.slice(0, 2).map((tag) => (
        <Badge key={tag} className="h-4.5">
          {tag}
        </Badge>
      ))}
      {tags.length > 2 && (
        <Badge className="h-4.5 shrink-0">{i18n._("+{count}", { count: tags.length - 2 })}</Badge>
      )}
    </span>
  );
}

function Blank() {
  return (
    <div className="flex h-full flex-col justify-center gap-2.5" aria-hidden="true">
      <Bar className="w-2/5" />
      <Bar className="w-4/5" />
    </div>
  );
}

/** Written since it was last open here; what came to me and was never opened is unread as a whole. */
function hasUnread(conversation: Conversation, seen: number | undefined, me: string): boolean {
  if (seen !== undefined) return conversation.message_count > seen;
  return conversation.assignee?.id === me && conversation.waiting_since !== null;
}

function spokenMore(conversation: Conversation, isUnread: boolean, isGone: boolean, list: List): string[] {
  const flags = flagsOf(conversation).map(({ text }) => text);
  return [
    ...flags,
    ...(isUnread ? [i18n._("unread")] : []),
    ...(isGone ? [goneText(conversation, list)] : []),
  ];
}
