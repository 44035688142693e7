import { Link } from "@tanstack/react-router";
import { i18n } from "@lingui/core";
import type { ReactNode } from "react";

import { ChannelIcon, channelName } from "@/ui/channels";

/** One conversation behind a figure: whose it is, what happened, how long it took. */
export function BehindRow({
  conversationId,
  contact,
  channel,
  detail,
  children,
}: {
  conversationId: string;
  contact: string | null;
  channel: string;
  detail: string;
  children?: ReactNode;
}) {
  return (
    <li>
      <Link
        to="/conversations/$conversationId"
        params={{ conversationId }}
        className="flex items-start gap-3 rounded-lg p-2 hover:bg-hover"
      >
        <span className="min-w-0 flex-1">
          <span className="flex items-center gap-1.5 font-medium">
            <ChannelIcon channel={channel} />
            <span className="sr-only">{channelName(channel)}</span>
            <span className="truncate">{contact ?? i18n._("Customer without a name")}</span>
          </span>
          <span className="block text-[0.8125rem] text-quiet">{detail}</span>
        </span>
        {children}
      </Link>
    </li>
  );
}
