import { i18n } from "@lingui/core";

/** Everything that has a key or stands in the palette, with its usual keys (ux "Keys"). */
export const DEFAULT_KEYS = {
  claim: "c",
  release: "shift+c",
  reassign: "a",
  next: "j",
  previous: "k",
  open: "enter",
  back: "escape",
  select: "x",
  "select-range": "shift+x",
  reply: "r",
  note: "n",
  resolve: "e",
  snooze: "z",
  tags: "t",
  "priority-low": "p 1",
  "priority-normal": "p 2",
  "priority-high": "p 3",
  "priority-urgent": "p 4",
  "hand-back": "h",
  observe: "o",
  "claim-next": "shift+n",
  "go-mine": "g m",
  "go-unclaimed": "g u",
  "go-all": "g a",
  search: "/",
  undo: "u",
  help: "?",
  palette: "mod+k",
  send: "mod+enter",
  "send-and-resolve": "mod+shift+enter",
} as const;

export type ActionId = keyof typeof DEFAULT_KEYS;

/** What an action is called in the palette and on the key sheet. */
export function actionLabel(id: ActionId): string {
  const labels: Record<ActionId, string> = {
    claim: i18n._("Claim"),
    release: i18n._("Release"),
    reassign: i18n._("Assign to…"),
    next: i18n._("Next conversation"),
    previous: i18n._("Previous conversation"),
    open: i18n._("Open conversation"),
    back: i18n._("Back"),
    select: i18n._("Select"),
    "select-range": i18n._("Select up to here"),
    reply: i18n._("Reply"),
    note: i18n._("Note"),
    resolve: i18n._("Resolve"),
    snooze: i18n._("Snooze"),
    tags: i18n._("Tags"),
    "priority-low": i18n._("Priority: low"),
    "priority-normal": i18n._("Priority: normal"),
    "priority-high": i18n._("Priority: high"),
    "priority-urgent": i18n._("Priority: urgent"),
    "hand-back": i18n._("Hand back to bot"),
    observe: i18n._("Observe"),
    "claim-next": i18n._("Claim next"),
    "go-mine": i18n._("Go to My conversations"),
    "go-unclaimed": i18n._("Go to Unclaimed"),
    "go-all": i18n._("Go to All open"),
    search: i18n._("Search"),
    undo: i18n._("Undo"),
    help: i18n._("Keyboard shortcuts"),
    palette: i18n._("Command palette"),
    send: i18n._("Send"),
    "send-and-resolve": i18n._("Send and resolve"),
  };
  return labels[id];
}
