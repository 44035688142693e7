import { i18n } from "@lingui/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { BookOpen, Download, Plus, Search } from "lucide-react";
import { useDeferredValue, useState } from "react";

import { meQuery } from "@/api/queries";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { Failed } from "@/ui/Failed";
import { Bar, Late } from "@/ui/Skeleton";

import { ArticleRow } from "./ArticleRow";
import { matching } from "./find";
import { ImportDialog } from "./ImportDialog";
import { articlesQuery } from "./queries";

/** Articles: what the bot answers from. */
export function ArticlesPage() {
  const { data: me } = useQuery(meQuery);
  const found = useQuery(articlesQuery);
  const [typed, setTyped] = useState("");
  const [isImporting, setImporting] = useState(false);
  const shown = matching(found.data ?? [], useDeferredValue(typed));
  const isAdmin = me?.role === "admin" || me?.role === "owner";
  const isEmpty = found.data?.length === 0;
  const tools = isAdmin && (
    <div className="flex flex-wrap gap-2">
      <Button icon={<Download size={15} />} onClick={() => setImporting(true)}>
        {i18n._("Import")}
      </Button>
      <NewLink />
    </div>
  );
  return (
    <div className="min-h-0 flex-1 overflow-y-auto bg-page">
      <div className="mx-auto max-w-4xl space-y-4 p-4 pb-16 sm:p-6">
        <header className="flex flex-wrap items-start justify-between gap-x-4 gap-y-3">
          <div className="min-w-0 flex-1 basis-72">
            <h1 className="text-xl font-semibold tracking-tight">{i18n._("Articles")}</h1>
            <p className="mt-0.5 text-quiet">
              {i18n._("What the assistant answers from. It cites the article that an answer stands on.")}
            </p>
          </div>
          {!isEmpty && tools}
        </header>
        {found.isError ? (
          <Failed
            title={i18n._("The articles could not be read.")}
            error={found.error}
            onRetry={() => void found.refetch()}
          />
        ) : found.data === undefined ? (
          <Waiting />
        ) : isEmpty ? (
          <div className="rounded-xl border border-line bg-surface">
            <EmptyState icon={<BookOpen size={20} />} title={i18n._("No articles yet")}>
              <p>
                {i18n._(
                  "Write down what customers ask most. Until there is one, the built-in assistant stays silent.",
                )}
              </p>
              {tools && <div className="flex justify-center">{tools}</div>}
            </EmptyState>
          </div>
        ) : (
          <>
            <label className="flex h-9 items-center gap-2 rounded-lg border border-line-strong bg-surface px-2.5 focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-accent-ink">
              <Search size={15} aria-hidden="true" className="text-quiet" />
              <input
                type="search"
                aria-label={i18n._("Search the articles")}
                placeholder={i18n._("Title or language")}
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
                className="min-w-0 flex-1 bg-transparent outline-none placeholder:text-quiet"
              />
            </label>
            <p role="status" className="sr-only">
              {typed !== "" &&
                i18n._("{count, plural, one {# article} other {# articles}}", { count: shown.length })}
            </p>
            {shown.length === 0 ? (
              <EmptyState icon={<Search size={20} />} title={i18n._("No article matches.")}>
                <Button onClick={() => setTyped("")}>{i18n._("Show all")}</Button>
              </EmptyState>
            ) : (
              <ul className="divide-y divide-line rounded-xl border border-line bg-surface">
                {shown.map((article) => (
                  <ArticleRow key={article.id} article={article} />
                ))}
              </ul>
            )}
          </>
        )}
      </div>
      {isImporting && <ImportDialog onClose={() => setImporting(false)} />}
    </div>
  );
}

function NewLink() {
  return (
    <Link
      to="/articles/$articleId"
      params={{ articleId: "new" }}
      className="inline-flex h-8 items-center gap-1.5 rounded-lg bg-accent px-3 text-[0.8125rem] font-medium text-on-accent hover:bg-accent-hover"
    >
      <Plus size={15} aria-hidden="true" />
      {i18n._("New article")}
    </Link>
  );
}

function Waiting() {
  return (
    <Late>
      <Bar className="h-9 rounded-lg" />
      <Bar className="mt-4 h-60 rounded-xl" />
    </Late>
  );
}
