import { Suspense } from "react";

import type { Article } from "@/api/types";
import { languageName } from "@/ui/languages";
import { lazily } from "@/ui/lazily";
import { Bar, Late } from "@/ui/Skeleton";

export const Markdown = lazily(async () => ({ default: (await import("./Markdown")).Markdown }));

/** An article as it reads. */
export function ArticleReader({ article }: { article: Article }) {
  return (
    <article
      lang={article.language}
      className="max-w-3xl rounded-xl border border-line bg-surface p-5 sm:p-7"
    >
      <h1 className="text-xl font-semibold tracking-tight [overflow-wrap:anywhere]">{article.title}</h1>
      <p className="mb-4 text-xs text-quiet">{languageName(article.language)}</p>
      <Rendered text={article.body} />
    </article>
  );
}

/** Markdown as soon as what draws it has come. */
export function Rendered({ text }: { text: string }) {
  return (
    <Suspense
      fallback={
        <Late>
          <Bar className="h-24" />
        </Late>
      }
    >
      <Markdown text={text} />
    </Suspense>
  );
}
