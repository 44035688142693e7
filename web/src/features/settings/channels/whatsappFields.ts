import { i18n } from "@lingui/core";

import type { FieldGroup } from "./kinds";

/** What Meta's pages show about a number. */
export function whatsappFields(): readonly FieldGroup[] {
  return [
    {
      id: "number",
      title: i18n._("The number"),
      intro: i18n._("Both ids stand at Meta for Developers, at your app under WhatsApp, API Setup."),
      fields: [
        {
          name: "phone_number_id",
          label: i18n._("Phone number id"),
          hint: i18n._("Digits only; not the phone number itself."),
          type: "text",
        },
        { name: "business_account_id", label: i18n._("WhatsApp Business account id"), type: "text" },
        {
          name: "access_token",
          label: i18n._("Access token"),
          hint: i18n._("Of a system user, so that it does not run out."),
          type: "secret",
        },
      ],
    },
    {
      id: "webhook",
      title: i18n._("What comes in"),
      fields: [
        {
          name: "app_secret",
          label: i18n._("App secret"),
          hint: i18n._("At your app under Settings, Basic. Every message that comes in is signed with it."),
          type: "secret",
        },
        {
          name: "verify_token",
          label: i18n._("Verify token"),
          hint: i18n._("Any text that you make up; Meta asks for the same one."),
          type: "secret",
        },
      ],
    },
    {
      id: "advanced",
      title: i18n._("Advanced"),
      fields: [
        {
          name: "graph_url",
          label: i18n._("Address of the Graph API"),
          hint: i18n._("Leave it as it is unless you go through a proxy."),
          type: "text",
          isOptional: true,
          placeholder: "https://graph.facebook.com/",
        },
      ],
    },
  ];
}
