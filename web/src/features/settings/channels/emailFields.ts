import { i18n } from "@lingui/core";

import type { FieldGroup, FieldSpec } from "./kinds";

/** A mailbox: its address, how mail comes in, how it goes out. */
export function emailFields(): readonly FieldGroup[] {
  const isRead: Pick<FieldSpec, "when"> = { when: { name: "inbound", is: "imap" } };
  return [
    {
      id: "address",
      title: i18n._("The address"),
      fields: [
        {
          name: "address",
          label: i18n._("Support address"),
          hint: i18n._("Customers write there, and answers come from it."),
          type: "text",
          placeholder: "support@example.com",
        },
        {
          name: "sender_name",
          label: i18n._("Sender"),
          hint: i18n._("Shown beside the address. Empty: the workspace's name."),
          type: "text",
          isOptional: true,
          isNullable: true,
        },
        {
          name: "plus_addresses",
          label: i18n._("Answers come back under a signed address"),
          hint: i18n._(
            "Needs a mail server that takes support+anything@… for the address. Threads then survive forwarding.",
          ),
          type: "switch",
        },
      ],
    },
    {
      id: "in",
      title: i18n._("What comes in"),
      fields: [
        {
          name: "inbound",
          label: i18n._("How mail comes in"),
          type: "choice",
          options: [
            { value: "imap", label: i18n._("The mailbox is read (IMAP)") },
            { value: "smtp", label: i18n._("A mail server hands it to Dibs (SMTP)") },
          ],
        },
        {
          ...isRead,
          name: "imap_host",
          label: i18n._("IMAP server"),
          type: "text",
          placeholder: "imap.example.com",
        },
        { ...isRead, name: "imap_port", label: i18n._("IMAP port"), type: "number" },
        {
          ...isRead,
          name: "imap_tls",
          label: i18n._("Encryption (IMAP)"),
          type: "choice",
          options: encryption(),
        },
        { ...isRead, name: "imap_user", label: i18n._("User (IMAP)"), type: "text" },
        { ...isRead, name: "imap_password", label: i18n._("Password (IMAP)"), type: "secret" },
        { ...isRead, name: "imap_folder", label: i18n._("Folder"), type: "text" },
      ],
    },
    {
      id: "out",
      title: i18n._("What goes out"),
      intro: i18n._(
        "Connecting signs in on both servers, so that a wrong password shows now and not with the first answer.",
      ),
      fields: [
        { name: "smtp_host", label: i18n._("SMTP server"), type: "text", placeholder: "smtp.example.com" },
        { name: "smtp_port", label: i18n._("SMTP port"), type: "number" },
        { name: "smtp_tls", label: i18n._("Encryption (SMTP)"), type: "choice", options: encryption() },
        { name: "smtp_user", label: i18n._("User (SMTP)"), type: "text", isOptional: true, isNullable: true },
        { name: "smtp_password", label: i18n._("Password (SMTP)"), type: "secret", isOptional: true },
      ],
    },
  ];
}

function encryption() {
  return [
    { value: "implicit", label: i18n._("TLS from the start") },
    { value: "starttls", label: "STARTTLS" },
    { value: "none", label: i18n._("None: only inside your own network") },
  ];
}
