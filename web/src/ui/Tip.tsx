import { cloneElement, type ReactElement } from "react";

import type { ActionId } from "@/keyboard/actions";

/** What an element carries whose tip the TipLayer shows. */
export function tipOf(text: string, action?: ActionId) {
  return { "data-tip": text, ...(action && { "data-tip-action": action }) };
}

/** A short text on hover and focus. The child must be able to take props. */
export function Tip({ text, action, children }: { text: string; action?: ActionId; children: ReactElement }) {
  return cloneElement(children, tipOf(text, action));
}
