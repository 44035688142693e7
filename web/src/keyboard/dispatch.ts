/** The one key listener: finds the action whose keys were pressed and that somebody on screen offers. */
import type { ActionId } from "./actions";
import { mustWait, onArrival } from "./going";
import { isSingle, isTyping, strokeOf } from "./keys";

export interface Offer {
  readonly id: ActionId;
  readonly run: () => void;
  /** Offered, but cannot be done now: the key does nothing, the palette greys it. */
  readonly isEnabled: boolean;
}

/** The second key of "g m" must come within this time. */
const SEQUENCE_MS = 1_200;

const MODIFIERS = new Set(["Shift", "Control", "Alt", "AltGraph", "Meta", "CapsLock", "Fn"]);
/** What has keys of its own while the focus is in it. */
const OWN_KEYS = "[role=dialog],[role=alertdialog],[role=menu],[role=menubar],[role=listbox]";
/** Keys that press what has the focus, and what can be pressed. */
const PRESSES = new Set(["enter", "space"]);
const PRESSABLE =
  "a[href],button,summary,input,[role=button],[role=link],[role=checkbox],[role=switch],[role=tab],[role=menuitem]";
/** Arrows move as J and K do, whatever those are mapped to. */
const ARROWS: ReadonlyMap<string, ActionId> = new Map([
  ["arrowdown", "next"],
  ["arrowup", "previous"],
]);
const MOVES = new Set<ActionId>(["next", "previous"]);

const offers = new Map<ActionId, Offer[]>();
let keys: ReadonlyMap<ActionId, string | null> = new Map();
let first: { stroke: string; at: number } | null = null;

/** Sets which keys mean what. */
export function setKeymap(map: ReadonlyMap<ActionId, string | null>): void {
  keys = map;
}

export function keysOf(id: ActionId): string | null {
  return keys.get(id) ?? null;
}

/** Offers an action; of several offers the newest that is enabled counts. Returns how to withdraw it. */
export function offer(made: Offer): () => void {
  offers.set(made.id, [...(offers.get(made.id) ?? []), made]);
  return () => {
    offers.set(
      made.id,
      (offers.get(made.id) ?? []).filter((each) => each !== made),
    );
  };
}

/** Of several offers the newest that can be taken now: a list that has no row to act on leaves the key to the page. */
function newestOf(all: readonly Offer[]): Offer | undefined {
  return all.findLast((each) => each.isEnabled) ?? all.at(-1);
}

/** What can be done now, for the palette. */
export function offered(): Offer[] {
  return [...offers.values()].map(newestOf).filter((each) => each !== undefined);
}

/** Handles a key press; to be installed once on the window. */
export function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || MODIFIERS.has(event.key)) return;
  if (event.target instanceof Element && event.target.closest(OWN_KEYS) !== null) return;
  const stroke = strokeOf(event);
  if (isSingle(stroke) && isTyping(event.target)) return;
  if (PRESSES.has(stroke) && event.target instanceof Element && event.target.closest(PRESSABLE) !== null)
    return;
  const sequence = first !== null && Date.now() - first.at < SEQUENCE_MS ? `${first.stroke} ${stroke}` : null;
  first = null;
  const found = (sequence === null ? undefined : find(sequence)) ?? find(stroke);
  if (found !== undefined) {
    // A key that is held down moves on and on, but it does nothing twice.
    const isMove = MOVES.has(found.id);
    if (event.repeat && !isMove) return;
    if (mustWait(isMove)) {
      event.preventDefault();
      onArrival(() => takeThere(found.id));
    } else if (found.isEnabled) {
      event.preventDefault();
      found.run();
    }
  } else if (isSingle(stroke) && beginsSequence(stroke)) {
    first = { stroke, at: Date.now() };
  }
}

/** What was pressed on the way may be offered by somebody else by now, or not at all. */
function takeThere(id: ActionId): void {
  if (mustWait(MOVES.has(id))) return onArrival(() => takeThere(id));
  const made = newestOf(offers.get(id) ?? []);
  if (made?.isEnabled) made.run();
}

function find(pressed: string): Offer | undefined {
  const moved = ARROWS.get(pressed);
  if (moved !== undefined) return newestOf(offers.get(moved) ?? []);
  for (const [id, wanted] of keys) {
    const made = wanted === pressed ? newestOf(offers.get(id) ?? []) : undefined;
    if (made !== undefined) return made;
  }
  return undefined;
}

function beginsSequence(stroke: string): boolean {
  return [...keys.values()].some((wanted) => wanted?.startsWith(`${stroke} `));
}
