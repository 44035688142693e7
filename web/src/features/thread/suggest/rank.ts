/** Something that can be put in at the caret. */
export interface Suggestion {
  readonly id: string;
  readonly label: string;
  /** More about it, in a second line or beside it. */
  readonly hint?: string;
  /** What is put in. */
  readonly text: string;
  /** What a query is looked for in, the most telling first. */
  readonly words: readonly string[];
}

const MOST = 8;

/** Those that fit a query, the best first; all of them, as they are, for an empty one. Pure. */
export function ranked(all: readonly Suggestion[], query: string): readonly Suggestion[] {
  const wanted = plain(query);
  if (wanted === "") return all.slice(0, MOST);
  return all
    .map((each) => ({ each, score: score(each.words, wanted) }))
    .filter(({ score: found }) => found > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST)
    .map(({ each }) => each);
}

/** The whole word beats its beginning, that beats the beginning of a later word, that beats the middle of one. */
function score(words: readonly string[], wanted: string): number {
  let best = 0;
  words.forEach((word, index) => {
    const text = plain(word);
    const found =
      text === wanted
        ? 4
        : text.startsWith(wanted)
          ? 3
          : inner(text, wanted)
            ? 2
            : text.includes(wanted)
              ? 1
              : 0;
    if (found > 0) best = Math.max(best, found * 100 - index);
  });
  return best;
}

function inner(text: string, wanted: string): boolean {
  return text.split(/[\s_-]+/).some((word) => word.startsWith(wanted));
}

/** Without capitals and accents: "jose" finds José. */
function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
