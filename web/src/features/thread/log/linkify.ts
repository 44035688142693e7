/** Finds the addresses in plain text. Nothing else of a text ever becomes markup. */
export interface Piece {
  readonly text: string;
  /** Where it leads, when it is an address: http, https or mailto, nothing else. */
  readonly href?: string;
}

const ADDRESS =
  /\b(?:https?:\/\/|www\.)[^\s<>"'`\u200b]+|\bmailto:[^\s<>"'`]+|[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{L}{2,}/giu;
const SAFE = new Set(["http:", "https:", "mailto:"]);
const PAIRS: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };

/** A text in pieces, in order; joined they are the text again. Pure. */
export function pieces(text: string): readonly Piece[] {
  const found: Piece[] = [];
  let done = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = withoutTail(match[0]);
    const href = hrefOf(address);
    if (href === undefined) continue;
    if (match.index > done) found.push({ text: text.slice(done, match.index) });
    found.push({ text: address, href });
    done = match.index + address.length;
  }
  if (done < text.length) found.push({ text: text.slice(done) });
  return found;
}

/** The end of a sentence is not part of the address; a bracket is, when it was opened in it. */
function withoutTail(address: string): string {
  // Counted once: a customer may write thousands of brackets.
  const unopened = new Map(
    Object.entries(PAIRS).map(([closing, opening]) => [
      closing,
      count(address, closing) - count(address, opening),
    ]),
  );
  let end = address.length;
  for (; end > 0; end--) {
    const last = address.charAt(end - 1);
    const surplus = unopened.get(last);
    if (surplus === undefined ? !/[.,;:!?…'"*_~]/.test(last) : surplus <= 0) break;
    if (surplus !== undefined) unopened.set(last, surplus - 1);
  }
  return address.slice(0, end);
}

function hrefOf(address: string): string | undefined {
  const full = /^(https?:\/\/|mailto:)/i.test(address)
    ? address
    : /^www\./i.test(address)
      ? `https://${address}`
      : `mailto:${address}`;
  if (!URL.canParse(full)) return undefined;
  const url = new URL(full);
  const leadsSomewhere = url.protocol === "mailto:" ? url.pathname.includes("@") : url.hostname !== "";
  return SAFE.has(url.protocol) && leadsSomewhere ? full : undefined;
}

function count(text: string, letter: string): number {
  return text.split(letter).length - 1;
}
