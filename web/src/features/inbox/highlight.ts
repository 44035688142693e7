export interface Part {
  readonly text: string;
  readonly isFound: boolean;
}

/** A text in parts: those that begin like one of the words that were searched for, and the rest. */
export function parts(text: string, words: string): Part[] {
  const wanted = words.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== "");
  if (wanted.length === 0) return [{ text, isFound: false }];
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${wanted.join("|")})`, "giu");
  const found: Part[] = [];
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    if (match.index > end) found.push({ text: text.slice(end, match.index), isFound: false });
    found.push({ text: match[0], isFound: true });
    end = match.index + match[0].length;
  }
  if (end < text.length) found.push({ text: text.slice(end), isFound: false });
  return found;
}
