import { i18n } from "@lingui/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { SearchX } from "lucide-react";

import { channelsQuery } from "@/api/queries";
import { EmptyState } from "@/ui/EmptyState";

import { Page } from "../parts/Page";
import { ChannelEditor } from "./ChannelEditor";
import { ChannelList } from "./ChannelList";
import { isKind } from "./kinds";

const NEW = "new/";

/** Workspace Settings > Channels: the list, a new one, or one that is connected. */
export function ChannelsPage({ rest }: { rest: string }) {
  const { data: channels } = useSuspenseQuery(channelsQuery);
  if (rest === "") return <ChannelList channels={channels} />;
  const kind = rest.startsWith(NEW) ? rest.slice(NEW.length) : "";
  if (isKind(kind)) return <ChannelEditor key={kind} kind={kind} channel={null} />;
  const channel = channels.find((each) => each.id === rest);
  if (channel !== undefined) return <ChannelEditor key={channel.id} kind={channel.kind} channel={channel} />;
  return (
    <Page title={i18n._("Channels")}>
      <EmptyState icon={<SearchX size={20} />} title={i18n._("This channel is not connected.")}>
        <Link
          to="/settings/$"
          params={{ _splat: "workspace/channels" }}
          className="font-medium text-accent-ink underline"
        >
          {i18n._("All channels")}
        </Link>
      </EmptyState>
    </Page>
  );
}
