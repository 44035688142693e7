/** WhatsApp templates: which there are, what fills them, sending one. */
import { useQueries, useQuery } from "@tanstack/react-query";

import { api, body } from "@/api/client";
import { channelsQuery, templatesQuery } from "@/api/queries";
import type { components } from "@/api/schema";
import type { Conversation } from "@/api/types";

export type Template = components["schemas"]["MessageTemplate"];

/** Those that can be sent from here, of every connected number, each once. */
export function useTemplates() {
  const { data: channels } = useQuery(channelsQuery);
  const numbers = channels?.filter(({ kind, active }) => kind === "whatsapp" && active);
  const found = useQueries({ queries: (numbers ?? []).map(({ id }) => templatesQuery(id)) });
  const all = found.flatMap(({ data = [] }) => data).filter((template) => template.can_be_sent);
  return {
    templates: [...new Map(all.map((each) => [keyOf(each), each])).values()],
    isReading: numbers === undefined || found.some(({ isPending }) => isPending),
    error: found.find(({ error }) => error !== null)?.error ?? null,
  };
}

export function keyOf({ name, language }: Pick<Template, "name" | "language">): string {
  return `${name} ${language}`;
}

/** A template's text with its variables filled in as far as they are known. Pure. */
export function filledIn(template: Template, values: readonly string[]): string {
  const named = new Map(template.variables.map((variable, index) => [variable, values[index]?.trim() ?? ""]));
  const fill = (text: string) =>
    text.replace(/\{\{\s*([\w.]+)\s*\}\}/g, (whole, name: string) => named.get(name) || whole);
  return [template.header, template.body, template.footer]
    .flatMap((part) => (part === null ? [] : [fill(part)]))
    .join("\n\n");
}

/** Sends one, under the claim that is shown if there is one. */
export function sendTemplate(
  conversation: Conversation,
  me: string,
  { name, language }: Template,
  variables: string[],
  clientId: string,
) {
  return body(
    api.POST("/v1/conversations/{conversation_id}/messages", {
      params: { path: { conversation_id: conversation.id } },
      // It brings its own text.
      body: {
        kind: "reply",
        client_id: clientId,
        template: { name, language, variables },
        attachments: [],
        override: false,
        take_over: false,
        ...(conversation.assignee?.id === me && { epoch: conversation.epoch }),
      } as Partial<components["schemas"]["WriteMessage"]> as components["schemas"]["WriteMessage"],
    }),
  );
}
