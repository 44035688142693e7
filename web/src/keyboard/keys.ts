/** Keystrokes as text: "c", "shift+c", "mod+enter", "g m" (one after the other). */
import type { Preferences } from "@/api/types";

import { DEFAULT_KEYS, type ActionId } from "./actions";

/** The preference that switches all single keys off (WCAG 2.1.4). */
export const SINGLE_KEYS = "single_keys";
const APPLE = /Mac|iP(hone|ad)/.test(navigator.platform);

/** The stroke of a key press, by the character that it makes: layouts differ in where keys are. */
export function strokeOf(event: KeyboardEvent): string {
  const typed = character(event);
  const key = typed.toLowerCase();
  const parts: string[] = [];
  // On Windows AltGr comes as Ctrl+Alt, and is how some layouts type "/" or "@": no modifier of ours.
  const isAltGr = event.ctrlKey && event.altKey && !APPLE && event.getModifierState("AltGraph");
  if (!isAltGr) {
    if (APPLE ? event.metaKey : event.ctrlKey) parts.push("mod");
    if (APPLE ? event.ctrlKey : event.metaKey) parts.push(APPLE ? "ctrl" : "meta");
    if (event.altKey) parts.push("alt");
  }
  if (event.shiftKey && (key.length > 1 || isCased(typed))) parts.push("shift");
  return [...parts, key === " " ? "space" : key].join("+");
}

/** The character; on a layout whose letters are not Latin the one that stands there on a Latin keyboard. */
function character({ key, code }: KeyboardEvent): string {
  const isForeign = /^[\p{L}\p{M}]/u.test(key) && !/^\p{Script=Latin}/u.test(key);
  const position = /^Key([A-Z])$/.exec(code)?.[1];
  return isForeign && position !== undefined ? position : key;
}

/** A letter, which Shift makes another; on "?" Shift is part of how it is typed. */
function isCased(key: string): boolean {
  return key.toLowerCase() !== key.toUpperCase();
}

/** Whether the stroke is a single character, which must not fire while typing and can be switched off. */
export function isSingle(keys: string): boolean {
  return !/(mod|ctrl|meta|alt)\+/.test(keys);
}

/** The keys of each action for an agent: theirs, else the usual ones; null when switched off. */
export function keymap(preferences: Preferences | undefined): Map<ActionId, string | null> {
  const own = preferences?.keyboard ?? {};
  const singles = own[SINGLE_KEYS] !== false;
  return new Map(
    (Object.entries(DEFAULT_KEYS) as [ActionId, string][]).map(([id, usual]) => {
      // The wire takes identifiers in lower case with "_", "." and "-".
      const chosen = own[id];
      const wanted = chosen === false ? null : typeof chosen === "string" ? chosen : usual;
      const keys = wanted === "" ? null : wanted;
      const isAlways = keys === "escape" || keys === "enter";
      return [id, keys !== null && !singles && isSingle(keys) && !isAlways ? null : keys];
    }),
  );
}

/** The keys for people: "⇧C", "G then M", "Ctrl+Enter". */
export function keysText(keys: string): string {
  const names: Record<string, string> = {
    mod: APPLE ? "⌘" : "Ctrl",
    shift: "⇧",
    alt: APPLE ? "⌥" : "Alt",
    enter: "↵",
    escape: "Esc",
    arrowdown: "↓",
    arrowup: "↑",
    space: "␣",
  };
  const stroke = (text: string) =>
    text
      .split("+")
      .map((part) => names[part] ?? part.toUpperCase())
      .join(text.includes("mod") && !APPLE ? "+" : "");
  return keys.split(" ").map(stroke).join(" ");
}

/** Roles of what takes letters, though it may be no field: a closed list jumps to the option they begin. */
const TAKES_LETTERS = "[role=textbox],[role=searchbox],[role=combobox],[role=spinbutton]";

/** Whether keys typed here are text. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest(TAKES_LETTERS) !== null) return true;
  if (
    target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement
  )
    return true;
  if (!(target instanceof HTMLInputElement)) return false;
  return !["checkbox", "radio", "button", "submit", "range", "color"].includes(target.type);
}
