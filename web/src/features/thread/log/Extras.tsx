import { i18n } from "@lingui/core";
import { Link } from "@tanstack/react-router";
import { BookOpen, FileStack, Globe } from "lucide-react";

import type { Message } from "@/api/types";
import { number } from "@/ui/numbers";

type Details = Message["details"];

/** Below a bot's answer: how sure it was, and what it stands on. */
export function Sources({ details }: { details: Details }) {
  const { citations = [], confidence } = details;
  if (citations.length === 0 && confidence === undefined) return null;
  return (
    <div className="mt-1 flex flex-wrap items-center justify-end gap-x-2 gap-y-1 text-xs text-quiet">
      {confidence !== undefined && (
        <span title={i18n._("How sure the assistant was of this answer")}>
          {i18n._("{percent} sure", {
            percent: number(confidence, { style: "percent", maximumFractionDigits: 0 }),
          })}
        </span>
      )}
      {citations.map(({ id, title }) => (
        <Link
          key={id}
          to="/articles/$articleId"
          params={{ articleId: id }}
          className="inline-flex min-h-6 max-w-60 items-center gap-1 text-accent-ink hover:underline"
        >
          <BookOpen size={12} aria-hidden="true" className="shrink-0" />
          <span className="sr-only">{i18n._("Article:")}</span>
          <span className="truncate">{title}</span>
        </Link>
      ))}
    </div>
  );
}

/** What the customer put on a message. */
export function Reactions({ details }: { details: Details }) {
  const { reactions = [] } = details;
  if (reactions.length === 0) return null;
  return (
    <ul aria-label={i18n._("Reactions")} className="relative z-1 -mt-1.5 flex gap-1 px-2">
      {reactions.map(({ emoji, at }) => (
        <li
          key={`${emoji} ${at}`}
          className="rounded-full border border-line bg-surface px-1.5 text-sm leading-5.5"
        >
          {emoji}
        </li>
      ))}
    </ul>
  );
}

/** Where a message came from, and as what. */
export function Origin({ details }: { details: Details }) {
  const { template, page_url: page } = details;
  if (template === undefined && page === undefined) return null;
  return (
    <p className="mt-1 flex max-w-full items-center gap-1 px-0.5 text-xs text-quiet">
      {template !== undefined && (
        <>
          <FileStack size={12} aria-hidden="true" className="shrink-0" />
          <bdi className="truncate">{i18n._("Template {name}", { name: template.name })}</bdi>
        </>
      )}
      {page !== undefined && (
        <>
          <Globe size={12} aria-hidden="true" className="shrink-0" />
          <span className="sr-only">{i18n._("Written on")}</span>
          <PageLink address={page} />
        </>
      )}
    </p>
  );
}

/** A visitor's page can claim any address: only one of the web becomes a link. */
function PageLink({ address }: { address: string }) {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || !["http:", "https:"].includes(url.protocol))
    return <bdi className="truncate">{address}</bdi>;
  return (
    <a
      href={url.href}
      target="_blank"
      rel="noopener noreferrer nofollow"
      title={url.href}
      className="truncate hover:underline"
    >
      <bdi>{`${url.host}${url.pathname}`}</bdi>
    </a>
  );
}
