import type { components } from "@/api/schema";

export type CannedReply = components["schemas"]["CannedReply"];

/** What can stand in a canned reply and is filled in when it is inserted. */
export const VARIABLES = ["customer", "agent"] as const;

const LONGEST_SHORTCUT = 40;

/** A shortcut that a title suggests: "Refund, how long" is "refund-how-long". */
export function shortcutFrom(title: string): string {
  return title
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, "-")
    .slice(0, LONGEST_SHORTCUT)
    .replace(/^-+|-+$/g, "");
}

/** The text with a variable at the caret, set off from the words around it. */
export function withVariable(text: string, caret: number, name: string): string {
  const before = text.slice(0, caret);
  const after = text.slice(caret);
  const gap = before === "" || /\s$/.test(before) ? "" : " ";
  return `${before}${gap}{{${name}}}${after}`;
}
