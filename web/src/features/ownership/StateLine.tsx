import { i18n } from "@lingui/core";
import {
  Archive,
  CircleCheck,
  CircleDashed,
  CloudOff,
  LoaderCircle,
  UserRound,
  UserRoundCheck,
} from "lucide-react";
import type { ReactNode } from "react";

import { cx } from "@/ui/cx";
import { moment, span, useNow } from "@/ui/time";

import type { Ownership } from "./useOwnership";
import { pendingText } from "./words";

/** Whose the conversation is: icon, words and colour. A write that is not confirmed is never drawn as done. */
export function StateLine({ ownership }: { ownership: Ownership }) {
  const now = useNow();
  const { icon, text, title, tone } = shown(ownership, now);
  return (
    <span
      data-state={ownership.pending?.state ?? ownership.whose}
      title={title}
      className={cx("inline-flex min-w-0 items-center gap-1.5 font-medium", tone)}
    >
      {icon}
      <span className="truncate">{text}</span>
    </span>
  );
}

interface Shown {
  icon: ReactNode;
  text: string;
  title?: string | undefined;
  tone: string;
}

function shown({ conversation, whose, pending }: Ownership, now: number): Shown {
  const { assignee, claimed_at, resolved_by, resolved_at, waiting_since } = conversation;
  // What the server has said since is certain, also while our own answer is still missing.
  const isSettled = pending?.verb === "claim" && whose !== "unclaimed";
  if (pending !== undefined && !isSettled) {
    return pending.state === "sending"
      ? {
          icon: <LoaderCircle size={15} aria-hidden="true" className="shrink-0 animate-spin" />,
          text: pendingText(pending.verb),
          tone: "text-quiet",
        }
      : {
          icon: <CloudOff size={15} aria-hidden="true" className="shrink-0" />,
          text: i18n._("Not confirmed"),
          title: i18n._("The server has not answered yet. The same request is being repeated."),
          tone: "text-warn",
        };
  }
  const time = claimed_at === null ? "" : span(now - Date.parse(claimed_at));
  const title = claimed_at === null ? undefined : i18n._("Since {time}", { time: moment(claimed_at) });
  switch (whose) {
    case "mine":
      return {
        icon: <UserRoundCheck size={15} aria-hidden="true" className="shrink-0" />,
        text: i18n._("You · {time}", { time }),
        title,
        tone: "text-mine",
      };
    case "others":
      return {
        icon: <UserRound size={15} aria-hidden="true" className="shrink-0" />,
        text: i18n._("Claimed by {name} · {time}", { name: assignee?.name ?? i18n._("somebody"), time }),
        title,
        tone: "text-other",
      };
    case "unclaimed":
      return {
        icon: <CircleDashed size={15} aria-hidden="true" className="shrink-0" />,
        text:
          waiting_since === null
            ? i18n._("Unclaimed")
            : i18n._("Unclaimed · waiting {time}", { time: span(now - Date.parse(waiting_since)) }),
        tone: "text-free",
      };
    case "closed":
      return {
        icon:
          conversation.status === "archived" ? (
            <Archive size={15} aria-hidden="true" className="shrink-0" />
          ) : (
            <CircleCheck size={15} aria-hidden="true" className="shrink-0" />
          ),
        text: closedText(conversation.status, resolved_by?.name, resolved_at),
        tone: "text-quiet",
      };
  }
}

function closedText(status: string, name: string | null | undefined, at: string | null): string {
  const time = at === null ? "" : moment(at);
  if (status === "archived") return i18n._({ id: "Archived (one)", message: "Archived" });
  if (!name) return i18n._("Resolved · {time}", { time });
  return i18n._("Resolved by {name} · {time}", { name, time });
}
