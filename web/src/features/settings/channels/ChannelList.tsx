import { i18n } from "@lingui/core";
import { Link } from "@tanstack/react-router";
import { ChevronRight, Plug } from "lucide-react";

import type { Channel } from "@/api/types";
import { ChannelIcon } from "@/ui/channels";
import { EmptyState } from "@/ui/EmptyState";

import { Card } from "../parts/Card";
import { Effect } from "../parts/Effect";
import { Page } from "../parts/Page";
import { ReadOnly } from "../parts/ReadOnly";
import { useIsAdmin } from "../queries";
import { ChannelState } from "./ChannelState";
import { kinds } from "./kinds";

/** What is connected, and what can be. */
export function ChannelList({ channels }: { channels: readonly Channel[] }) {
  const isAdmin = useIsAdmin();
  return (
    <Page title={i18n._("Channels")} intro={i18n._("Where customers write, and how answers reach them.")}>
      <ReadOnly />
      <Card
        title={i18n._("Connected")}
        foot={<Effect when={i18n._("A paused channel takes nothing in and sends nothing out.")} />}
      >
        {channels.length === 0 ? (
          <EmptyState icon={<Plug size={20} />} title={i18n._("No channel is connected yet.")}>
            <p>
              {i18n._(
                "Until then conversations arrive through the API only. Connecting the widget takes a minute.",
              )}
            </p>
          </EmptyState>
        ) : (
          <ul className="-mx-2 -my-1 divide-y divide-line">
            {channels.map((channel) => (
              <Item key={channel.id} channel={channel} />
            ))}
          </ul>
        )}
      </Card>
      {isAdmin && (
        <Card title={i18n._("Connect another")}>
          <ul className="grid gap-2 py-1 sm:grid-cols-3">
            {kinds().map(({ kind, label, intro }) => (
              <li key={kind}>
                <Link
                  to="/settings/$"
                  params={{ _splat: `workspace/channels/new/${kind}` }}
                  className="flex h-full flex-col gap-1 rounded-xl border border-line p-3 hover:bg-hover"
                >
                  <span className="flex items-center gap-2 font-medium">
                    <ChannelIcon channel={kind} size={16} />
                    {label}
                  </span>
                  <span className="text-xs text-quiet">{intro}</span>
                </Link>
              </li>
            ))}
          </ul>
        </Card>
      )}
    </Page>
  );
}

function Item({ channel }: { channel: Channel }) {
  return (
    <li>
      <Link
        to="/settings/$"
        params={{ _splat: `workspace/channels/${channel.id}` }}
        className="flex min-h-14 items-center gap-3 rounded-lg px-2 py-2 hover:bg-hover"
      >
        <span className="flex size-8 shrink-0 items-center justify-center rounded-lg bg-free-soft text-free">
          <ChannelIcon channel={channel.kind} size={16} />
        </span>
        <span className="min-w-0 flex-1">
          <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <span className="font-medium [overflow-wrap:anywhere]">{channel.name}</span>
            <ChannelState channel={channel} />
          </span>
          <span className="block truncate text-xs text-quiet">{channel.address}</span>
          {channel.problem !== null && (
            <span className="block text-xs font-medium text-bad">{channel.problem}</span>
          )}
        </span>
        <ChevronRight size={16} aria-hidden="true" className="shrink-0 text-quiet rtl:rotate-180" />
      </Link>
    </li>
  );
}
