/** How well a text matches what was typed: every typed letter in order, best at the starts of words. Pure. */
const START_OF_WORD = 8;
const IN_A_ROW = 5;
const GAP = 0.2;

/** Zero when it does not match; the higher, the better. */
export function score(text: string, typed: string): number {
  const wanted = plain(typed).replace(/\s+/g, "");
  if (wanted === "") return 1;
  const letters = plain(text);
  let total = 0;
  let at = -1;
  for (const letter of wanted) {
    const found = next(letters, letter, at);
    if (found === -1) return 0;
    total += 1;
    if (isStart(letters, found)) total += START_OF_WORD;
    if (found === at + 1 && at !== -1) total += IN_A_ROW;
    else total -= Math.min(found - at, 20) * GAP;
    at = found;
  }
  return Math.max(total, 0.01);
}

/** The next place of a letter: the one that goes on, else the next start of a word, else any. */
function next(letters: string, letter: string, after: number): number {
  if (letters[after + 1] === letter) return after + 1;
  for (let at = after + 1; at < letters.length; at++) {
    if (letters[at] === letter && isStart(letters, at)) return at;
  }
  return letters.indexOf(letter, after + 1);
}

function isStart(letters: string, at: number): boolean {
  return at === 0 || !/[\p{L}\p{N}]/u.test(letters[at - 1] ?? "");
}

function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
