import { i18n } from "@lingui/core";
import { useQuery } from "@tanstack/react-query";

import { templatesQuery } from "@/api/queries";
import type { Channel } from "@/api/types";
import { Badge } from "@/ui/Badge";
import { failureText } from "@/ui/Failed";
import { languageName } from "@/ui/languages";

import { Card, Rows } from "../parts/Card";
import { Copyable } from "@/ui/Copyable";

/** What Meta wants to know, and what it lets one send outside the 24 hours. */
export function WhatsAppInstall({ channel }: { channel: Channel }) {
  const { data: templates, error } = useQuery(templatesQuery(channel.id));
  return (
    <>
      <Card
        title={i18n._("Tell Meta where messages go")}
        intro={i18n._("At your app under WhatsApp, Configuration; subscribe to the field “messages”.")}
      >
        <Rows>
          <Copyable
            label={i18n._("Callback address")}
            text={`${location.origin}/channels/whatsapp/webhook`}
          />
          <p className="text-[0.8125rem] text-quiet">
            {i18n._("The verify token is the one that you typed in here when connecting.")}
          </p>
        </Rows>
      </Card>
      <Card
        title={i18n._("Templates")}
        intro={i18n._("Approved by Meta; the only thing that can be sent once 24 hours have passed.")}
      >
        {error !== null ? (
          <p role="alert" className="text-bad">
            {failureText(error)}
          </p>
        ) : templates === undefined ? (
          <p className="text-quiet">{i18n._("Loading…")}</p>
        ) : templates.length === 0 ? (
          <p className="text-quiet">
            {i18n._("Meta has approved none yet. Write them in WhatsApp Manager.")}
          </p>
        ) : (
          <ul className="divide-y divide-line">
            {templates.map((template) => (
              <li key={`${template.name} ${template.language}`} className="py-2">
                <p className="flex flex-wrap items-center gap-2">
                  <code className="font-mono text-xs font-medium">{template.name}</code>
                  <Badge>{languageName(template.language.replace("_", "-"))}</Badge>
                  {!template.can_be_sent && (
                    <Badge tone="warn">{i18n._("Needs a file or a place: not from here")}</Badge>
                  )}
                </p>
                <p className="mt-0.5 line-clamp-2 text-[0.8125rem] whitespace-pre-line text-quiet">
                  {template.body}
                </p>
              </li>
            ))}
          </ul>
        )}
      </Card>
    </>
  );
}
