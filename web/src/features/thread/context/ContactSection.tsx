import { i18n } from "@lingui/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Ban } from "lucide-react";

import { api, body } from "@/api/client";
import type { components } from "@/api/schema";
import type { Conversation, Me } from "@/api/types";
import { reread } from "@/realtime/verbs";
import { Avatar } from "@/ui/Avatar";
import { Badge } from "@/ui/Badge";
import { Bar, Late } from "@/ui/Skeleton";

import { ContactMenu } from "./ContactMenu";
import { contactQuery, useContactFresh } from "./contact";
import { CopyButton } from "./CopyButton";
import { attempt } from "./edit";
import { InlineEdit } from "./InlineEdit";
import { Row, Section } from "./Section";

type Changes = components["schemas"]["ContactChanges"];
type Field = "name" | "email" | "phone";

/** Who the customer is and how to reach them. */
export function ContactSection({ conversation, me }: { conversation: Conversation; me: Me }) {
  const client = useQueryClient();
  const query = contactQuery(conversation.contact.id);
  useContactFresh(conversation.contact.id);
  const { data: contact } = useQuery(query);
  const save = (field: Field) => (value: string | null) =>
    attempt(async () => {
      // What is left out stays as it is.
      const changes: Partial<Changes> = { [field]: value };
      const saved = await body(
        api.PATCH("/v1/contacts/{contact_id}", {
          params: { path: { contact_id: conversation.contact.id } },
          body: changes as Changes,
        }),
      );
      client.setQueryData(query.queryKey, saved);
      if (field === "name") await reread(conversation.id);
    }, field);
  const isReadOnly = me.role === "viewer" || contact?.erased_at != null;
  if (contact === undefined) {
    return (
      <Section id="contact" title={i18n._("Customer")}>
        <Late>
          <Bar className="my-2 w-40" />
          <Bar className="my-3 w-52" />
          <Bar className="my-3 w-44" />
        </Late>
      </Section>
    );
  }
  return (
    <Section id="contact" title={i18n._("Customer")}>
      <div className="mb-1 flex items-center gap-2.5">
        <Avatar name={contact.name} size={8} />
        <div className="min-w-0 flex-1 font-medium">
          <InlineEdit
            label={i18n._("Name of the customer")}
            value={contact.name}
            empty={i18n._("Add a name")}
            isReadOnly={isReadOnly}
            onSave={save("name")}
          />
        </div>
        {contact.blocked && (
          <Badge tone="bad" icon={<Ban size={12} aria-hidden="true" />}>
            {i18n._("Blocked")}
          </Badge>
        )}
        {!isReadOnly && <ContactMenu contact={contact} me={me} />}
      </div>
      <Row label={i18n._("Email")}>
        <InlineEdit
          label={i18n._("Email of the customer")}
          type="email"
          value={contact.email}
          empty={i18n._("Add an email")}
          isReadOnly={isReadOnly}
          onSave={save("email")}
        />
        {contact.email !== null && <CopyButton label={i18n._("Copy the email")} value={contact.email} />}
      </Row>
      <Row label={i18n._("Phone")}>
        <InlineEdit
          label={i18n._("Phone of the customer")}
          type="tel"
          value={contact.phone}
          empty={i18n._("Add a phone")}
          isReadOnly={isReadOnly}
          onSave={save("phone")}
        />
        {contact.phone !== null && (
          <CopyButton label={i18n._("Copy the phone number")} value={contact.phone} />
        )}
      </Row>
      {contact.external_id !== null && (
        <Row label={i18n._("External id")}>
          <span className="min-w-0 flex-1 truncate" title={contact.external_id}>
            {contact.external_id}
          </span>
          <CopyButton label={i18n._("Copy the external id")} value={contact.external_id} />
        </Row>
      )}
    </Section>
  );
}
