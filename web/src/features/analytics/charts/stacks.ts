/** A bar that is made of parts. */
export interface StackRow {
  readonly id: string;
  readonly name: string;
  readonly parts: Readonly<Record<string, number | undefined>>;
}

export interface Stacked {
  readonly id: string;
  readonly count: number;
  readonly from: number;
  readonly to: number;
}

/** Where each part of a bar begins and ends, in the order of `kinds`; empty parts are left out. */
export function stacked({ parts }: StackRow, kinds: readonly string[], isShare: boolean): Stacked[] {
  const whole = isShare ? wholeOf(parts) : 1;
  const found: Stacked[] = [];
  let from = 0;
  for (const id of kinds) {
    const count = parts[id] ?? 0;
    if (count === 0) continue;
    const to = from + count / whole;
    found.push({ id, count, from, to });
    from = to;
  }
  return found;
}

export function wholeOf(parts: StackRow["parts"]): number {
  return Object.values(parts).reduce<number>((all, each) => all + (each ?? 0), 0);
}

/** The part with the most in it over all rows; undefined when there is nothing. */
export function largestKind(rows: readonly StackRow[]): { id: string; count: number } | undefined {
  const sums = new Map<string, number>();
  for (const { parts } of rows) {
    for (const [id, count] of Object.entries(parts)) sums.set(id, (sums.get(id) ?? 0) + (count ?? 0));
  }
  const [first] = [...sums].sort((a, b) => b[1] - a[1]);
  return first === undefined || first[1] === 0 ? undefined : { id: first[0], count: first[1] };
}
