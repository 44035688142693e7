/** What changed between two documents of an audit row. Pure. */
export interface Change {
  /** Where it is: "status", "business_hours.openings". */
  readonly path: string;
  readonly kind: "added" | "removed" | "changed" | "same";
  readonly before: unknown;
  readonly after: unknown;
}

type Document = Readonly<Record<string, unknown>> | null;

/** The fields of both documents, in their order; fields that only one of them has were added or removed. */
export function changes(before: Document, after: Document): Change[] {
  return between("", before ?? {}, after ?? {});
}

function between(prefix: string, before: object, after: object): Change[] {
  const [old, now] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  const names = [...new Set([...old.keys(), ...now.keys()])];
  return names.flatMap((name) => {
    const path = prefix === "" ? name : `${prefix}.${name}`;
    const [a, b] = [old.get(name) as unknown, now.get(name) as unknown];
    if (!old.has(name)) return [{ path, kind: "added", before: undefined, after: b } as const];
    if (!now.has(name)) return [{ path, kind: "removed", before: a, after: undefined } as const];
    // A person or a pool is one value; other objects are looked into.
    if (isObject(a) && isObject(b) && !isNamed(a) && !isNamed(b)) return between(path, a, b);
    return [{ path, kind: isEqual(a, b) ? "same" : "changed", before: a, after: b } as const];
  });
}

/** A value in words: names for who has one, "none" is left to the caller (null). */
export function valueText(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) {
    return value.length === 0 ? null : value.map((each) => valueText(each) ?? "null").join(", ");
  }
  if (isNamed(value)) return typeof value.name === "string" ? value.name : value.id;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isNamed(value: unknown): value is { id: string; name?: unknown } {
  return isObject(value) && "id" in value && typeof value.id === "string";
}

function isEqual(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((each, index) => isEqual(each, b[index]));
  }
  if (!isObject(a) || !isObject(b)) return false;
  const [x, y] = [Object.entries(a), new Map(Object.entries(b))];
  return x.length === y.size && x.every(([name, value]) => y.has(name) && isEqual(value, y.get(name)));
}
