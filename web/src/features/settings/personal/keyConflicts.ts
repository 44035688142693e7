/** What stands in the way of giving an action some keys. */
import { DEFAULT_KEYS, type ActionId } from "@/keyboard/actions";

export type Keymap = ReadonlyMap<ActionId, string | null>;

/** `same`: another action has them; `starts`: one is the beginning of the other, so the longer could never be typed. */
export interface Conflict {
  kind: "same" | "starts";
  with: ActionId;
}

/** Keys that browsers keep for themselves, or that people need for moving around. */
const RESERVED = new Set([
  "tab",
  "shift+tab",
  "mod+t",
  "mod+n",
  "mod+w",
  "mod+shift+t",
  "mod+shift+n",
  "mod+shift+w",
]);

/** Keys that are only held while another is pressed, or make no character of their own. */
const SILENT = new Set(["Shift", "Control", "Alt", "AltGraph", "Meta", "CapsLock", "Dead", "Process"]);

export function isSilent(key: string): boolean {
  return SILENT.has(key);
}

export function isReserved(keys: string): boolean {
  return keys.split(" ").some((stroke) => RESERVED.has(stroke));
}

/** Every action that collides with `keys` for `id`. */
export function conflicts(map: Keymap, id: ActionId, keys: string): Conflict[] {
  const found: Conflict[] = [];
  for (const [other, theirs] of map) {
    if (other === id || !theirs) continue;
    if (theirs === keys) found.push({ kind: "same", with: other });
    else if (theirs.startsWith(`${keys} `) || keys.startsWith(`${theirs} `)) {
      found.push({ kind: "starts", with: other });
    }
  }
  return found;
}

/** The preference after giving `id` its keys and leaving those in the way without any. */
export function withKeys(
  own: Readonly<Record<string, string | boolean>>,
  id: ActionId,
  keys: string | null,
  inTheWay: readonly Conflict[],
): Record<string, string | boolean> {
  const next = without(own, id);
  if ((keys ?? "") !== DEFAULT_KEYS[id]) next[id] = keys ?? false;
  for (const conflict of inTheWay) next[conflict.with] = false;
  return next;
}

/** The preference without what it says about one action: the usual keys hold again. */
export function without(
  own: Readonly<Record<string, string | boolean>>,
  id: string,
): Record<string, string | boolean> {
  return Object.fromEntries(Object.entries(own).filter(([each]) => each !== id));
}

/** Adds a stroke to what is being recorded: at most two, and two only of single keys. */
export function recorded(before: string | null, stroke: string): string {
  const isPlain = (each: string) => !each.includes("mod+") && !each.includes("alt+");
  const canFollow = before !== null && !before.includes(" ") && isPlain(before) && isPlain(stroke);
  return canFollow ? `${before} ${stroke}` : stroke;
}
