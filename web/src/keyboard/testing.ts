/** For tests of keys: what ran, and presses as a browser would tell them. */
import { afterEach, beforeEach, vi } from "vitest";

import type { Preferences } from "@/api/types";

import type { ActionId } from "./actions";
import { offer, onKeyDown, setKeymap } from "./dispatch";
import { keymap } from "./keys";

export const ran: ActionId[] = [];
let stops: (() => void)[] = [];

/** Begins every test of the file with the usual keys and nothing on screen. */
export function freshKeyboard(): void {
  beforeEach(() => {
    ran.length = 0;
    setKeymap(keymap(undefined));
    window.addEventListener("keydown", onKeyDown);
  });
  afterEach(() => {
    window.removeEventListener("keydown", onKeyDown);
    for (const stop of stops) stop();
    stops = [];
    document.body.innerHTML = "";
    vi.useRealTimers();
  });
}

/** Offers actions until the test ends. */
export function offers(...ids: ActionId[]): void {
  for (const id of ids) offering(id, () => ran.push(id));
}

export function offering(id: ActionId, run: () => void, isEnabled = true): void {
  stops.push(offer({ id, run, isEnabled }));
}

/** Presses a key on an element. */
export function press(
  key: string,
  options: KeyboardEventInit = {},
  on: Element = document.body,
): KeyboardEvent {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...options });
  on.dispatchEvent(event);
  return event;
}

/** Puts something on screen; the element with `data-here` comes back. */
export function element(html: string): Element {
  document.body.innerHTML = html;
  const found = document.body.querySelector("[data-here]");
  if (found === null) throw new Error("no [data-here]");
  return found;
}

/** Makes an agent's keys the ones that count. */
export function chooseKeys(keyboard: Preferences["keyboard"]): void {
  setKeymap(
    keymap({ auto_claim_on_reply: false, notifications: {}, keyboard, locale: "en", theme: "system" }),
  );
}
