/** Anything with words in it that a person may look for. */
interface Found {
  readonly title: string;
  readonly language: string;
}

/** Those that have every typed word in their title or are in the language that was typed. Pure. */
export function matching<T extends Found>(articles: readonly T[], typed: string): readonly T[] {
  const words = folded(typed).split(/\s+/).filter(Boolean);
  if (words.length === 0) return articles;
  return articles.filter(({ title, language }) => {
    const text = `${folded(title)} ${language}`;
    return words.every((word) => text.includes(word));
  });
}

/** Without accents and capitals: who looks for "envio" means "Envío". */
function folded(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();
}
