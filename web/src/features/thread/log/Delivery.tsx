import { i18n } from "@lingui/core";
import { Check, CheckCheck, Clock } from "lucide-react";

import type { Message } from "@/api/types";

/** How far a reply has come. A failed one says so elsewhere, with the way out. */
export function Delivery({ delivery }: { delivery: Message["delivery"] }) {
  const { Icon, text } = {
    queued: { Icon: Clock, text: i18n._("Queued") },
    sent: { Icon: Check, text: i18n._("Sent") },
    delivered: { Icon: CheckCheck, text: i18n._("Delivered") },
    read: { Icon: CheckCheck, text: i18n._("Read") },
    failed: { Icon: Clock, text: i18n._("Failed") },
  }[delivery];
  return (
    <span
      className={
        delivery === "read"
          ? "inline-flex items-center gap-1 text-accent-ink"
          : "inline-flex items-center gap-1"
      }
    >
      <Icon size={12} aria-hidden="true" />
      {text}
    </span>
  );
}
