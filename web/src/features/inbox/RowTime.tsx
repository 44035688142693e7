import { i18n } from "@lingui/core";
import { Hourglass } from "lucide-react";

import type { Conversation } from "@/api/types";
import { cx } from "@/ui/cx";
import { fullMoment, span } from "@/ui/time";

const LONG_MS = 30 * 60_000;

/** How long the customer has been waiting; when nobody waits, how long ago somebody wrote. */
export function RowTime({ conversation, now }: { conversation: Conversation; now: number }) {
  const { waiting_since, last_message_at } = conversation;
  const at = waiting_since ?? last_message_at;
  const ms = Math.max(0, now - Date.parse(at));
  const moment = fullMoment(at);
  return (
    <time
      dateTime={at}
      title={
        waiting_since === null
          ? i18n._("Last message: {moment}", { moment })
          : i18n._("Waiting since {moment}", { moment })
      }
      className={cx(
        "relative z-10 flex shrink-0 items-center gap-1 text-xs tabular-nums",
        waiting_since === null ? "text-quiet" : ms >= LONG_MS ? "font-medium text-warn" : "font-medium",
      )}
    >
      {waiting_since !== null && <Hourglass size={11} aria-hidden="true" />}
      {span(ms)}
    </time>
  );
}
