/** What scrolls the rows. */
export const SCROLLER_ID = "inbox-rows";

/** Where one was in each list: how far down, and on which row. As long as the page lives. */
const offsets = new Map<string, number>();
const rows = new Map<string, string>();

export function offsetOf(key: string): number {
  return offsets.get(key) ?? 0;
}

export function keepOffset(key: string, offset: number): void {
  offsets.set(key, offset);
}

export function rowOf(key: string): string | undefined {
  return rows.get(key);
}

export function keepRow(key: string, id: string): void {
  rows.set(key, id);
}

let wanted: string | null = null;

/** Enter in the search: the list of these words, as soon as it is there, gets the focus on its current row. */
export function wantRowsOf(words: string | null): void {
  wanted = words;
}

export function areRowsWantedOf(words: string): boolean {
  return wanted === words;
}
