/** The one key listener: finds the action whose keys were pressed and that somebody on screen offers. */
import type { ActionId } from "./actions";
import { isSingle, isTyping, strokeOf } from "./keys";

export interface Offer {
  readonly id: ActionId;
  readonly run: () => void;
  /** Offered, but cannot be done now: the key does nothing, the palette greys it. */
  readonly isEnabled: boolean;
}

/** The second key of "g m" must come within this time. */
const SEQUENCE_MS = 1_200;

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

/** Offers an action; of several offers the newest counts. Returns how to withdraw it. */
export function offer(made: Offer): () => void {
  offers.set(made.id, [...(offers.get(made.id) ?? []), made]);
  return () => {
    offers.set(
      made.id,
      (offers.get(made.id) ?? []).filter((each) => each !== made),
    );
  };
}

/** What can be done now, for the palette. */
export function offered(): Offer[] {
  return [...offers.values()].map((all) => all.at(-1)).filter((each) => each !== undefined);
}

/** Handles a key press; to be installed once on the window. */
export function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || event.key === "Shift") return;
  const stroke = strokeOf(event);
  if (isTyping(event.target) && isSingle(stroke)) return;
  // Dialogs and menus have keys of their own; only what a dialog itself offers may fire there.
  if (event.target instanceof Element && event.target.closest("[role=dialog],[role=menu],[role=listbox]")) {
    if (isSingle(stroke)) return;
  }
  const sequence = first !== null && Date.now() - first.at < SEQUENCE_MS ? `${first.stroke} ${stroke}` : null;
  first = null;
  const found = (sequence === null ? undefined : find(sequence)) ?? find(stroke);
  if (found !== undefined) {
    if (!found.isEnabled) return;
    event.preventDefault();
    found.run();
  } else if (isSingle(stroke) && beginsSequence(stroke)) {
    first = { stroke, at: Date.now() };
  }
}

function find(pressed: string): Offer | undefined {
  for (const [id, wanted] of keys) {
    // An action without a key is never what was pressed.
    if (wanted !== null && (wanted === pressed || alias(pressed) === wanted)) {
      const made = offers.get(id)?.at(-1);
      if (made !== undefined) return made;
    }
  }
  return undefined;
}

/** Arrows move as J and K do, whatever those are mapped to. */
function alias(pressed: string): string | null {
  if (pressed === "arrowdown") return keys.get("next") ?? null;
  if (pressed === "arrowup") return keys.get("previous") ?? null;
  return null;
}

function beginsSequence(stroke: string): boolean {
  return [...keys.values()].some((wanted) => wanted?.startsWith(`${stroke} `));
}
