/** The customer behind a conversation, and what can be done to them. */
import { queryOptions, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";

import { api, body } from "@/api/client";
import { download } from "@/api/download";
import type { Contact } from "@/api/types";
import { onFlush } from "@/realtime/store";

export const contactQuery = (id: string) =>
  queryOptions({
    queryKey: ["contact", id],
    queryFn: () => body(api.GET("/v1/contacts/{contact_id}", { params: { path: { contact_id: id } } })),
    staleTime: 60_000,
  });

/** Keeps a contact as the server tells it. */
export function useContactFresh(id: string): void {
  const client = useQueryClient();
  useEffect(
    () =>
      onFlush(({ events }) => {
        for (const event of events) {
          if (event.kind === "contact.updated" && event.contact.id === id)
            client.setQueryData(contactQuery(id).queryKey, event.contact);
        }
      }),
    [client, id],
  );
}

/** Blocks a customer, or lets them in again. */
export function block(id: string, blocked: boolean): Promise<Contact> {
  const params = { path: { contact_id: id } };
  // What is left out stays as it is.
  return body(api.PATCH("/v1/contacts/{contact_id}", { params, body: { blocked } as never }));
}

/** Erases a customer for good. */
export function erase(id: string): Promise<Contact> {
  return body(
    api.POST("/v1/contacts/{contact_id}/erase", {
      params: { path: { contact_id: id } },
      body: { confirm: true },
    }),
  );
}

/** Saves everything that is known of a customer as a file. */
export function save(id: string): Promise<void> {
  return download(`/v1/contacts/${id}/export`, "application/json", `${id}.json`, "POST");
}
