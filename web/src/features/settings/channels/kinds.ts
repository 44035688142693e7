/** What each kind of channel asks for. The server says what is wrong with it; the words are ours. */
import { i18n } from "@lingui/core";

import type { Channel } from "@/api/types";

import { emailFields } from "./emailFields";
import { whatsappFields } from "./whatsappFields";
import { widgetFields } from "./widgetFields";

export type KindName = Channel["kind"];
export type Values = Readonly<Record<string, unknown>>;

/** One thing to type in or choose; `name` is the server's. */
export interface FieldSpec {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly type:
    "text" | "secret" | "number" | "choice" | "switch" | "colour" | "lines" | "words" | "several";
  readonly options?: readonly { value: string; label: string }[];
  readonly isOptional?: boolean;
  /** Empty means none, which the server calls null. */
  readonly isNullable?: boolean;
  readonly placeholder?: string;
  /** Only there while another one has this value. */
  readonly when?: { readonly name: string; readonly is: unknown };
}

export interface FieldGroup {
  readonly id: string;
  readonly title: string;
  readonly intro?: string;
  readonly fields: readonly FieldSpec[];
}

export interface KindText {
  readonly kind: KindName;
  readonly label: string;
  readonly intro: string;
}

export function kinds(): readonly KindText[] {
  return [
    {
      kind: "widget",
      label: i18n._("Widget"),
      intro: i18n._("A chat on your own pages: one script tag."),
    },
    {
      kind: "whatsapp",
      label: "WhatsApp",
      intro: i18n._("A number of the WhatsApp Cloud API by Meta. You need a business account there."),
    },
    {
      kind: "email",
      label: i18n._("Email"),
      intro: i18n._("A support address: mails come in by IMAP and go out by SMTP."),
    },
  ];
}

export function isKind(text: string): text is KindName {
  return text === "widget" || text === "whatsapp" || text === "email";
}

export function groupsOf(kind: KindName): readonly FieldGroup[] {
  return { widget: widgetFields, whatsapp: whatsappFields, email: emailFields }[kind]();
}

/** What a new channel begins with. */
export function defaultsOf(kind: KindName): Values {
  const defaults: Record<KindName, Values> = {
    widget: {
      title: "",
      colour: "#4338ca",
      position: "right",
      greeting: "",
      allowed_origins: [],
      languages: ["en", "es", "de"],
      offline_form: true,
    },
    whatsapp: { phone_number_id: "", business_account_id: "" },
    email: {
      address: "",
      plus_addresses: true,
      inbound: "imap",
      imap_port: 993,
      imap_tls: "implicit",
      imap_folder: "INBOX",
      smtp_port: 587,
      smtp_tls: "starttls",
    },
  };
  return defaults[kind];
}
