/** What just happened, for the eye (a toast) and for screen readers (one region). */
export interface Said {
  readonly id: number;
  readonly text: string;
  readonly tone: "plain" | "good" | "bad";
  /** Interrupts what is being read: lost ownership, an expiry, a failure. */
  readonly isAlert: boolean;
  readonly undo?: () => void;
  /** What else can be done about it, on a button. */
  readonly act?: { readonly label: string; readonly run: () => void };
  /** What it is about: a newer result about the same takes its place, and its undo with it. */
  readonly about?: string;
  readonly until: number;
}

const SHOWN_MS = 6_000;
/** As long as an undo is possible on the server. */
const UNDO_MS = 10_000;
const MOST = 3;

let all: readonly Said[] = [];
let last = 0;
const listeners = new Set<() => void>();

/** Says something; with `undo` it can be taken back for ten seconds. */
export function say(
  text: string,
  options: Partial<Pick<Said, "tone" | "isAlert" | "undo" | "act" | "about">> = {},
): void {
  const { tone = "plain", isAlert = false, undo, act, about } = options;
  const shown = undo === undefined && act === undefined ? SHOWN_MS : UNDO_MS;
  const said: Said = {
    id: ++last,
    text,
    tone,
    isAlert,
    until: Date.now() + shown,
    ...(undo && { undo }),
    ...(act && { act }),
    ...(about !== undefined && { about }),
  };
  const others = about === undefined ? all : all.filter((each) => each.about !== about);
  set([...others, said].slice(-MOST));
  setTimeout(() => unsay(said.id), shown);
}

export function unsay(id: number): void {
  if (all.some((each) => each.id === id)) set(all.filter((each) => each.id !== id));
}

/** The newest thing that can still be undone, for the key. */
export function undoable(): Said | undefined {
  return all.findLast((each) => each.undo !== undefined);
}

export function allSaid(): readonly Said[] {
  return all;
}

export function onSaid(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function set(next: readonly Said[]): void {
  all = next;
  for (const listener of listeners) listener();
}
