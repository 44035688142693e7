import { i18n } from "@lingui/core";
import { keepPreviousData, queryOptions, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { ContactRound, MessageSquare, StickyNote } from "lucide-react";

import { api, body } from "@/api/client";
import type { components } from "@/api/schema";
import { cx } from "@/ui/cx";
import { moment } from "@/ui/time";

import { parts } from "./highlight";
import type { Place } from "./useList";

type Finding = components["schemas"]["Finding"];

const SHOWN = 8;
const ICONS = { message: MessageSquare, note: StickyNote, contact: ContactRound };

const findingsQuery = (q: string) =>
  queryOptions({
    queryKey: ["search", q],
    queryFn: () => body(api.GET("/v1/search", { params: { query: { q, limit: SHOWN } } })),
    staleTime: 30_000,
    placeholderData: keepPreviousData,
  });

/** Where else the words stand: messages, notes and contacts, the most relevant first. */
export function Findings({ place, words }: { place: Place; words: string }) {
  const { data, error } = useQuery(findingsQuery(words));
  const navigate = useNavigate();
  if (error !== null) return <p className="pt-2 text-xs text-bad">{error.message}</p>;
  if (data === undefined || data.data.length === 0) return null;
  const go = (found: Finding) => {
    if (found.conversation_id !== null) {
      const params = { view: place.list.view, conversationId: found.conversation_id };
      void navigate({ to: "/inbox/$view/$conversationId", params, search: (before) => before });
    } else if (found.contact_id !== null) {
      void navigate({
        to: "/inbox/$view",
        params: { view: "any" },
        search: { contact: found.contact_id },
      });
    }
  };
  return (
    <section aria-label={i18n._("Found everywhere")} className="pt-2">
      <h2 className="px-1 pb-1 text-xs font-medium text-quiet">
        {i18n._("In messages, notes and contacts")}
      </h2>
      <ul className="max-h-52 overflow-y-auto rounded-lg border border-line bg-surface p-1">
        {data.data.map((found) => (
          <li key={`${found.kind} ${found.message_id ?? found.contact_id ?? found.at}`}>
            <Row found={found} words={words} onClick={() => go(found)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Row({ found, words, onClick }: { found: Finding; words: string; onClick: () => void }) {
  const Icon = ICONS[found.kind];
  return (
    <button
      type="button"
      onClick={onClick}
      className="flex w-full items-start gap-2 rounded-md px-2 py-1 text-left text-[0.8125rem] hover:bg-hover"
    >
      <Icon
        size={14}
        aria-hidden="true"
        className={cx("mt-0.5 shrink-0", found.kind === "note" ? "text-note-ink" : "text-quiet")}
      />
      <span className="sr-only">{kindName(found.kind)}</span>
      <span className="line-clamp-2 min-w-0 flex-1">
        {parts(found.snippet, words).map((part, index) =>
          part.isFound ? (
            <mark key={index} className="rounded-sm bg-note text-note-ink">
              {part.text}
            </mark>
          ) : (
            part.text
          ),
        )}
      </span>
      <time dateTime={found.at} className="shrink-0 text-xs text-quiet tabular-nums">
        {moment(found.at)}
      </time>
    </button>
  );
}

function kindName(kind: Finding["kind"]): string {
  const names = { message: i18n._("Message"), note: i18n._("Note"), contact: i18n._("Contact") };
  return names[kind];
}
