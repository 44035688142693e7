import { i18n } from "@lingui/core";

import type { ActionId } from "./actions";

export interface ActionGroup {
  readonly id: string;
  readonly label: string;
  readonly actions: readonly ActionId[];
}

/** All actions in the order and under the headings in which people look for them. */
export function actionGroups(): ActionGroup[] {
  return [
    {
      id: "ownership",
      label: i18n._("Ownership"),
      actions: [
        "claim",
        "release",
        "claim-next",
        "reassign",
        "hand-back",
        "observe",
        "ask-takeover",
        "reassign-to-me",
        "force-release",
        "why",
      ],
    },
    {
      id: "writing",
      label: i18n._("Writing"),
      actions: ["reply", "note", "send", "send-and-resolve"],
    },
    {
      id: "conversation",
      label: i18n._("Conversation"),
      actions: [
        "resolve",
        "resolve-with-note",
        "snooze",
        "wake",
        "reopen",
        "reopen-and-claim",
        "archive",
        "spam",
        "not-spam",
        "tags",
        "priority-low",
        "priority-normal",
        "priority-high",
        "priority-urgent",
      ],
    },
    {
      id: "list",
      label: i18n._("Lists"),
      actions: ["next", "previous", "open", "back", "select", "select-range"],
    },
    {
      id: "going",
      label: i18n._("Getting around"),
      actions: ["go-mine", "go-unclaimed", "go-all", "search", "palette", "help", "undo"],
    },
  ];
}
