import { i18n } from "@lingui/core";

import type { Conversation } from "@/api/types";
import { ChannelIcon, channelName } from "@/ui/channels";
import { fullMoment, moment } from "@/ui/time";

import { CopyButton } from "./CopyButton";
import { Row, Section } from "./Section";
import { statusName } from "./words";

/** What nobody changes here. */
export function DetailsSection({ conversation }: { conversation: Conversation }) {
  const { id, channel, status, created_at, message_count, resolved_at, resolved_by } = conversation;
  return (
    <Section id="details" title={i18n._("Details")}>
      <Row label={i18n._("Status")}>{statusName(status)}</Row>
      {resolved_at !== null && (
        <Row label={i18n._({ id: "Resolved (one)", message: "Resolved" })}>
          <time dateTime={resolved_at} title={fullMoment(resolved_at)} className="truncate">
            {moment(resolved_at)}
            {resolved_by?.name != null && ` · ${resolved_by.name}`}
          </time>
        </Row>
      )}
      <Row label={i18n._("Channel")}>
        <ChannelIcon channel={channel} size={13} />
        {channelName(channel)}
      </Row>
      <Row label={i18n._("Messages")}>{message_count}</Row>
      <Row label={i18n._("Created")}>
        <time dateTime={created_at} title={fullMoment(created_at)}>
          {moment(created_at)}
        </time>
      </Row>
      <Row label={i18n._("Id")}>
        <code className="min-w-0 flex-1 truncate text-xs" title={id}>
          {id}
        </code>
        <CopyButton label={i18n._("Copy the id")} value={id} />
      </Row>
    </Section>
  );
}
