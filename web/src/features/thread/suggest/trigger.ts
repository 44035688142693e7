/** What is being looked up at the caret: a colleague (@), a canned reply (/), an emoji (:). */
export type Sign = "@" | "/" | ":";

export interface Trigger {
  readonly sign: Sign;
  readonly query: string;
  /** Where the sign stands. */
  readonly from: number;
}

const LONGEST = 40;
/** What may stand after the sign; an emoji needs two characters, or every smiley would open a list. */
const QUERIES: Readonly<Record<Sign, RegExp>> = {
  "@": /^[\p{L}\p{N}._'-]*(?: [\p{L}\p{N}._'-]+)?$/u,
  "/": /^[\p{L}\p{N}_-]*$/u,
  ":": /^[a-z0-9_+-]{2,}$/i,
};

/** The sign before the caret that asks for suggestions, if there is one. Pure. */
export function triggerAt(text: string, caret: number, signs: readonly Sign[]): Trigger | undefined {
  const start = Math.max(0, caret - LONGEST);
  for (let at = caret - 1; at >= start; at--) {
    const letter = text.charAt(at);
    if (letter === "\n") return undefined;
    const sign = signs.find((each) => each === letter);
    if (sign === undefined) continue;
    const query = text.slice(at + 1, caret);
    // In an address or a time ("a@b", "and/or", "10:30") the sign stands inside a word.
    if (at > 0 && !/[\s([{"'„“]/.test(text.charAt(at - 1))) return undefined;
    return QUERIES[sign].test(query) ? { sign, query, from: at } : undefined;
  }
  return undefined;
}

/** The text with what was chosen in place of the sign and what followed it, and where the caret goes. Pure. */
export function inserted(
  text: string,
  caret: number,
  trigger: Trigger,
  chosen: string,
): { text: string; caret: number } {
  const after = text.slice(caret);
  const gap = trigger.sign === "/" || /^\s/.test(after) ? "" : " ";
  const before = text.slice(0, trigger.from) + chosen + gap;
  return { text: before + after, caret: before.length };
}
