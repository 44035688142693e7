import { Problem } from "@/api/problem";

/** Those edits that differ from what is saved. */
export function changed<T extends object>(saved: T, edits: Partial<T>): Partial<T> {
  const names = Object.keys(edits) as (keyof T)[];
  const differing = names.filter((name) => JSON.stringify(edits[name]) !== JSON.stringify(saved[name]));
  return Object.fromEntries(differing.map((name) => [name, edits[name]])) as Partial<T>;
}

/** What the server says about a field or about something inside of it ("openings" for "openings.0.end"). */
export function messageFor(error: unknown, name: string): string | undefined {
  if (!(error instanceof Problem)) return undefined;
  const found = error.members.errors?.find((each) => {
    const field = each.field.replace(/^body\./, "");
    return field === name || field.startsWith(`${name}.`);
  });
  return found === undefined ? undefined : readable(found.message);
}

/** Pydantic puts the kind of error before the sentence of a rule. */
export function readable(message: string): string {
  const sentence = message.replace(/^Value error, /, "");
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
