import type { Entry, EntryGroup } from "./useEntries";
import { score } from "./fuzzy";

/** What matches, best first; groups without a match are left out, the best match leads. Pure. */
export function found(groups: readonly EntryGroup[], typed: string): EntryGroup[] {
  if (typed.trim() === "") return groups.filter(({ items }) => items.length > 0);
  return groups
    .map((group) => ({ ...group, ...ranked(group.items, typed) }))
    .filter(({ items }) => items.length > 0)
    .sort((a, b) => b.best - a.best);
}

function ranked(items: readonly Entry[], typed: string): { items: Entry[]; best: number } {
  const scored = items
    .map((item) => ({ item, points: points(item, typed) }))
    .filter(({ points: each }) => each > 0)
    .sort((a, b) => b.points - a.points);
  return { items: scored.map(({ item }) => item), best: scored[0]?.points ?? 0 };
}

/** A match in the hint counts less than one in the name; what cannot be done now comes after what can. */
function points({ label, hint, isEnabled }: Entry, typed: string): number {
  const best = Math.max(score(label, typed), hint === undefined ? 0 : score(hint, typed) / 2);
  return isEnabled ? best : best / 2;
}
