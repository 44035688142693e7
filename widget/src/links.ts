/** Part of a text: plain, or with the address that it leads to. */
export interface Part {
  readonly text: string;
  readonly href?: string;
}

const ADDRESS = /https?:\/\/[^\s<>"'`\u200b\u202a-\u202e\u2066-\u2069]+/gi;
// Ends a sentence, not an address.
const TRAILING = /[.,;:!?…]+$/;
const PAIRS: Record<string, string> = { ")": "(", "]": "[", "}": "{" };

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}

function trimmed(found: string): string {
  let address = found;
  for (;;) {
    const last = address.at(-1) ?? "";
    const opening = PAIRS[last];
    if (TRAILING.test(address)) address = address.replace(TRAILING, "");
    else if (opening && count(address, last) > count(address, opening)) address = address.slice(0, -1);
    else return address;
  }
}

/** The address as the browser understands it, if it is one of the web. */
function safe(address: string): string | undefined {
  try {
    const url = new URL(address);
    return (url.protocol === "https:" || url.protocol === "http:") && url.hostname ? url.href : undefined;
  } catch {
    return undefined;
  }
}

/** A text in parts, so that addresses can be followed. Only http and https ones can; everything else stays text. */
export function parts(text: string): Part[] {
  const found: Part[] = [];
  let end = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = trimmed(match[0]);
    const href = safe(address);
    if (!href) continue;
    if (match.index > end) found.push({ text: text.slice(end, match.index) });
    found.push({ text: address, href });
    end = match.index + address.length;
  }
  if (end < text.length) found.push({ text: text.slice(end) });
  return found;
}
