import { i18n } from "@lingui/core";
import { Link } from "@tanstack/react-router";
import { EyeOff, UserRound } from "lucide-react";

import type { Article } from "@/api/types";
import { Ago } from "@/ui/Ago";
import { Badge } from "@/ui/Badge";
import { languageName } from "@/ui/languages";

/** An article by its title, with what the bot does with it. */
export function ArticleRow({
  article,
}: {
  article: Pick<Article, "id" | "title" | "language" | "published" | "hand_to_human" | "updated_at">;
}) {
  const { id, title, language, published, hand_to_human, updated_at } = article;
  return (
    <li>
      <Link
        to="/articles/$articleId"
        params={{ articleId: id }}
        className="flex min-h-12 flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2.5 hover:bg-hover focus-visible:-outline-offset-2"
      >
        <span className="min-w-0 flex-1 basis-56 font-medium [overflow-wrap:anywhere]">{title}</span>
        <span className="flex flex-wrap items-center gap-1.5 text-xs text-quiet">
          {!published && (
            <Badge tone="warn" icon={<EyeOff size={12} aria-hidden="true" />}>
              {i18n._({ id: "Draft (article)", message: "Draft" })}
            </Badge>
          )}
          {hand_to_human && (
            <Badge tone="accent" icon={<UserRound size={12} aria-hidden="true" />}>
              {i18n._("Hands to a human")}
            </Badge>
          )}
          <span>{languageName(language)}</span>
          <span aria-hidden="true">·</span>
          <Ago at={updated_at} />
        </span>
      </Link>
    </li>
  );
}
