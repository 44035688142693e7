import { i18n } from "@lingui/core";

import type { FieldGroup } from "./kinds";

/** What visitors see, and where. */
export function widgetFields(): readonly FieldGroup[] {
  return [
    {
      id: "look",
      title: i18n._("What visitors see"),
      fields: [
        {
          name: "title",
          label: i18n._("Title"),
          hint: i18n._("Stands at the top of the chat. Empty: the workspace's name."),
          type: "text",
          isOptional: true,
        },
        {
          name: "greeting",
          label: i18n._("Greeting"),
          hint: i18n._("The first line of an empty chat. Empty: a friendly one in the visitor's language."),
          type: "lines",
          isOptional: true,
        },
        { name: "colour", label: i18n._("Colour"), type: "colour" },
        {
          name: "position",
          label: i18n._("Place"),
          type: "choice",
          options: [
            { value: "right", label: i18n._("Bottom right") },
            { value: "left", label: i18n._("Bottom left") },
          ],
        },
        {
          name: "languages",
          label: i18n._("Languages"),
          hint: i18n._(
            "The page's language decides, then the browser's. The first one is for everybody else.",
          ),
          type: "several",
          options: [
            { value: "en", label: "English" },
            { value: "es", label: "Español" },
            { value: "de", label: "Deutsch" },
          ],
        },
        {
          name: "offline_form",
          label: i18n._("Ask for an address when nobody is there"),
          hint: i18n._(
            "Out of business hours visitors are asked for an email, so that an answer reaches them.",
          ),
          type: "switch",
        },
      ],
    },
    {
      id: "where",
      title: i18n._("Where it may stand"),
      intro: i18n._("Pages of other origins get nothing from this workspace."),
      fields: [
        {
          name: "allowed_origins",
          label: i18n._("Allowed origins"),
          hint: i18n._("Scheme and host of your pages, such as https://shop.example. Enter adds one."),
          type: "words",
          placeholder: "https://shop.example",
        },
      ],
    },
  ];
}
