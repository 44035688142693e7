import { i18n } from "@lingui/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useEffect } from "react";

import { api, body } from "@/api/client";
import type { Conversation } from "@/api/types";
import { useConversation } from "@/realtime/hooks";
import { onFlush, put } from "@/realtime/store";
import { Ago } from "@/ui/Ago";
import { ChannelIcon, channelName } from "@/ui/channels";

import { Section } from "./Section";
import { statusName } from "./words";

/** The same customer's other conversations, with their owners: claiming one says nothing about the rest. */
export function OthersSection({ conversation }: { conversation: Conversation }) {
  const contact = conversation.contact.id;
  const client = useQueryClient();
  const { data = [] } = useQuery({
    queryKey: ["of-contact", contact],
    queryFn: async () => {
      const query = { view: "any", contact, sort: "newest", limit: 30 } as const;
      const page = await body(api.GET("/v1/conversations", { params: { query } }));
      put(...page.data);
      return page.data;
    },
    staleTime: 30_000,
  });
  useEffect(
    () =>
      onFlush(({ events }) => {
        const isNew = events.some(
          (event) => event.kind === "conversation.created" && event.conversation.contact.id === contact,
        );
        if (isNew) void client.invalidateQueries({ queryKey: ["of-contact", contact] });
      }),
    [client, contact],
  );
  const others = data.filter((each) => each.id !== conversation.id);
  return (
    <Section id="others" title={i18n._("Other conversations")} count={others.length}>
      {others.length === 0 ? (
        <p className="text-[0.8125rem] text-quiet">{i18n._("This is the only one.")}</p>
      ) : (
        <ul className="-mx-2">
          {others.map((each) => (
            <Other key={each.id} read={each} />
          ))}
        </ul>
      )}
    </Section>
  );
}

function Other({ read }: { read: Conversation }) {
  const { view } = useParams({ strict: false });
  const now = useConversation(read.id) ?? read;
  const owner = now.assignee === null ? i18n._("Unclaimed") : (now.assignee.name ?? i18n._("Somebody"));
  const isOpen = now.status === "open" || now.status === "snoozed";
  return (
    <li>
      <Link
        to="/inbox/$view/$conversationId"
        params={{ view: view ?? "all", conversationId: now.id }}
        search={(before) => before}
        className="block rounded-lg px-2 py-1.5 text-[0.8125rem] hover:bg-hover"
      >
        <span className="block truncate">{now.subject ?? now.preview ?? i18n._("No messages yet")}</span>
        <span className="flex items-center gap-1.5 text-xs text-quiet">
          <ChannelIcon channel={now.channel} size={12} />
          <span>{channelName(now.channel)}</span>
          <span aria-hidden="true">·</span>
          <span className={isOpen ? "truncate font-medium text-ink" : "truncate"}>
            {isOpen && now.status === "open" ? owner : statusName(now.status)}
          </span>
          <Ago at={now.last_message_at} className="ml-auto shrink-0" />
        </span>
      </Link>
    </li>
  );
}
