import { i18n } from "@lingui/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { BookX, ChevronLeft } from "lucide-react";

import { Problem } from "@/api/problem";
import { meQuery, settingsQuery } from "@/api/queries";
import { EmptyState } from "@/ui/EmptyState";
import { Failed } from "@/ui/Failed";
import { Bar, Late } from "@/ui/Skeleton";

import { ArticleEditor } from "./ArticleEditor";
import { ArticleReader } from "./ArticleReader";
import { articleQuery } from "./queries";

/** One article: admins change it, everybody else reads it. At `new` there is none yet. */
export function ArticlePage() {
  const { articleId = "new" } = useParams({ strict: false });
  return (
    <div className="min-h-0 flex-1 overflow-y-auto bg-page">
      <div className="mx-auto max-w-6xl p-4 pb-16 sm:p-6">
        <Link
          to="/articles"
          className="mb-3 inline-flex min-h-6 items-center gap-1 text-[0.8125rem] font-medium text-accent-ink"
        >
          <ChevronLeft size={15} aria-hidden="true" />
          {i18n._("All articles")}
        </Link>
        <Found key={articleId} id={articleId} />
      </div>
    </div>
  );
}

function Found({ id }: { id: string }) {
  const isNew = id === "new";
  const { data: me } = useQuery(meQuery);
  const { data: settings } = useQuery(settingsQuery);
  const found = useQuery({ ...articleQuery(id), enabled: !isNew });
  const isAdmin = me?.role === "admin" || me?.role === "owner";
  if (found.error instanceof Problem && found.error.status === 404) return <NotThere />;
  if (found.isError && found.data === undefined) {
    return (
      <Failed
        title={i18n._("The article could not be read.")}
        error={found.error}
        onRetry={() => void found.refetch()}
      />
    );
  }
  if (me === undefined || settings === undefined || (!isNew && found.data === undefined)) return <Waiting />;
  if (isAdmin) return <ArticleEditor article={found.data ?? null} languages={settings.languages} />;
  return found.data === undefined ? <NotThere /> : <ArticleReader article={found.data} />;
}

function NotThere() {
  return (
    <EmptyState icon={<BookX size={20} />} title={i18n._("This article is not there.")} isPage>
      <p>{i18n._("It was deleted, or it belongs to another workspace.")}</p>
    </EmptyState>
  );
}

function Waiting() {
  return (
    <Late>
      <Bar className="h-7 w-64" />
      <Bar className="mt-4 h-96 rounded-xl" />
    </Late>
  );
}
