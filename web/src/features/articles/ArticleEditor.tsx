import { i18n } from "@lingui/core";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Trash2 } from "lucide-react";
import { useEffect, useState } from "react";

import { api, body } from "@/api/client";
import type { Article } from "@/api/types";
import { Button } from "@/ui/Button";
import { Confirm } from "@/ui/Confirm";
import { SaveBar } from "@/ui/SaveBar";
import { say } from "@/ui/status";
import { useDraft } from "@/ui/useDraft";

import { ArticleFacts } from "./ArticleFacts";
import { ArticleText } from "./ArticleText";
import { EMPTY, draftOf, type ArticleDraft } from "./draftOf";
import { articleQuery, articlesQuery } from "./queries";

/** Writes an article (`article` is null) or changes one; what is not saved is not lost without a question. */
export function ArticleEditor({
  article,
  languages,
}: {
  article: Article | null;
  languages: readonly string[];
}) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [isDeleting, setDeleting] = useState(false);
  const [made, setMade] = useState<string>();
  const saved = article === null ? { ...EMPTY, language: languages[0] ?? "en" } : draftOf(article);
  const draft = useDraft<ArticleDraft>(saved, async (changes) => {
    const written =
      article === null
        ? await body(api.POST("/v1/articles", { body: { ...saved, ...changes } }))
        : await body(
            api.PATCH("/v1/articles/{article_id}", {
              params: { path: { article_id: article.id } },
              // What is left out stays as it is.
              body: changes as ArticleDraft,
            }),
          );
    client.setQueryData(articleQuery(written.id).queryKey, written);
    await client.invalidateQueries({ queryKey: articlesQuery.queryKey, exact: true });
    if (article === null) setMade(written.id);
  });
  const { isDirty, value } = draft;
  // Leaves once nothing is unsaved any more: otherwise it would ask.
  useEffect(() => {
    if (made !== undefined && !isDirty)
      void navigate({ to: "/articles/$articleId", params: { articleId: made }, replace: true });
  }, [made, isDirty, navigate]);
  const remove = async (gone: Article) => {
    await body(api.DELETE("/v1/articles/{article_id}", { params: { path: { article_id: gone.id } } }));
    await navigate({ to: "/articles", ignoreBlocker: true });
    say(i18n._("{title} is deleted", { title: gone.title }));
    await client.invalidateQueries({ queryKey: articlesQuery.queryKey, exact: true });
  };
  const isWhole = value.title.trim() !== "" && value.body.trim() !== "";
  return (
    <>
      <header className="mb-4 flex flex-wrap items-start justify-between gap-3">
        <h1 className="min-w-0 text-xl font-semibold tracking-tight [overflow-wrap:anywhere]">
          {article?.title ?? i18n._("New article")}
        </h1>
        {article !== null && (
          <Button icon={<Trash2 size={14} />} onClick={() => setDeleting(true)}>
            {i18n._("Delete")}
          </Button>
        )}
      </header>
      <div className="flex flex-col gap-5">
        <ArticleFacts draft={draft} languages={languages} source={article?.source ?? null} />
        <ArticleText
          value={value.body}
          language={value.language}
          error={draft.errorOf("body")}
          onChange={(text) => draft.set("body", text)}
        />
        <SaveBar
          draft={draft}
          always={article === null}
          label={article === null ? i18n._("Save the article") : i18n._("Save changes")}
          reason={isWhole ? undefined : i18n._("Give it a title and a text.")}
          disabled={!isWhole}
        />
      </div>
      {article !== null && (
        <Confirm
          open={isDeleting}
          onClose={() => setDeleting(false)}
          title={i18n._("Delete {title}?", { title: article.title })}
          text={i18n._("The assistant answers from it no longer. Answers that were given with it stay.")}
          action={i18n._("Delete")}
          onConfirm={() => remove(article)}
        />
      )}
    </>
  );
}
