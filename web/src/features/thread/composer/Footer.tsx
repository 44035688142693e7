import { i18n } from "@lingui/core";
import { CheckCheck, SendHorizontal, StickyNote } from "lucide-react";
import type { ReactNode } from "react";

import { Button } from "@/ui/Button";
import { cx } from "@/ui/cx";
import { IconButton } from "@/ui/IconButton";

import type { Kind } from "./kind";
import { LONGEST, WARN_FROM } from "./length";

export interface FooterProps {
  id: string;
  kind: Kind;
  customer: string;
  length: number;
  /** Why it cannot be sent now. */
  shut: string | undefined;
  problem: string | undefined;
  isEmpty: boolean;
  /** Puts files to the message. */
  attach: ReactNode;
  onSend: () => void;
  onSendAndResolve: () => void;
}

/** What the button does is on the button; why it does not is beside it. */
export function Footer({
  id,
  kind,
  customer,
  length,
  shut,
  problem,
  isEmpty,
  attach,
  onSend,
  onSendAndResolve,
}: FooterProps) {
  const over = length - LONGEST;
  const cannot = shut !== undefined || isEmpty || over > 0;
  const said =
    over > 0
      ? i18n._("A message has up to {most} characters: shorten it by {over}.", { most: LONGEST, over })
      : (problem ?? shut);
  return (
    <div className="flex flex-wrap items-center gap-2 px-2 pb-2">
      <p
        id={id}
        role={problem === undefined && over <= 0 ? undefined : "alert"}
        className={cx(
          "min-w-0 flex-1 basis-40 px-1 text-xs",
          said === undefined && "hidden sm:block",
          problem === undefined && over <= 0 ? "text-quiet" : "font-medium text-bad",
        )}
      >
        {said ??
          (kind === "note"
            ? i18n._("Only your team sees notes. @ mentions a teammate.")
            : i18n._("/ for canned replies, : for emoji"))}
      </p>
      <div className="ml-auto flex max-w-full min-w-0 items-center gap-2">
        {length >= WARN_FROM && (
          <span className={cx("text-xs tabular-nums", over > 0 ? "font-medium text-bad" : "text-quiet")}>
            {i18n._("{length} of {most}", { length, most: LONGEST })}
          </span>
        )}
        {attach}
        {kind === "reply" && (
          <IconButton
            label={i18n._("Send and resolve")}
            action="send-and-resolve"
            icon={<CheckCheck size={16} />}
            disabled={cannot}
            onClick={onSendAndResolve}
          />
        )}
        <Button
          look={kind === "note" ? "note" : "primary"}
          icon={kind === "note" ? <StickyNote size={14} /> : <SendHorizontal size={14} />}
          action="send"
          disabled={cannot}
          onClick={onSend}
          className="max-w-full min-w-0 shrink! max-sm:[&>kbd]:hidden"
        >
          <span className="truncate">
            {kind === "note" ? i18n._("Add note") : i18n._("Send to {customer}", { customer })}
          </span>
        </Button>
      </div>
    </div>
  );
}
