import { i18n } from "@lingui/core";
import { LoaderCircle } from "lucide-react";

import type { Conversation } from "@/api/types";
import type { Pending } from "@/realtime/state";
import { Avatar } from "@/ui/Avatar";
import { cx } from "@/ui/cx";

import { ownerText } from "./words";

/** Who owns it, or what we are about to do about that and is not confirmed. */
export function RowOwner({
  conversation,
  me,
  pending,
  isShort,
}: {
  conversation: Conversation;
  me: string;
  pending: Pending | undefined;
  isShort: boolean;
}) {
  const { assignee, status } = conversation;
  if (pending !== undefined) {
    return (
      <span className="flex shrink-0 items-center gap-1 text-xs font-medium text-accent-ink">
        <LoaderCircle size={13} className="animate-spin" aria-hidden="true" />
        {pendingText(pending)}
      </span>
    );
  }
  if (assignee === null) {
    if (status !== "open") return null;
    return <span className="shrink-0 text-xs text-quiet">{i18n._("Unclaimed")}</span>;
  }
  const isMine = assignee.id === me;
  return (
    <span
      title={ownerText(conversation, me)}
      className={cx(
        "relative z-10 flex min-w-0 shrink-0 items-center gap-1 text-xs font-medium",
        isMine ? "text-mine" : "text-other",
      )}
    >
      <Avatar name={assignee.name} size={5} />
      {!isShort && (
        <span className="max-w-24 truncate">{isMine ? i18n._("You") : (assignee.name ?? "")}</span>
      )}
    </span>
  );
}

function pendingText({ verb, state }: Pending): string {
  if (state === "unknown") return i18n._("Not confirmed");
  return verb === "claim" ? i18n._("Claiming…") : i18n._("Saving…");
}
