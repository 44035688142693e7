import { Link } from "@tanstack/react-router";
import { i18n } from "@lingui/core";
import { TriangleAlert } from "lucide-react";
import { useId } from "react";

import type { Named } from "@/api/types";

const MOST_SHOWN = 8;

/** A waiting conversation that no active agent may claim, with the pools that make it so. */
export interface StrandedConversation {
  id: string;
  contact: string | null;
  pools: Named[];
}

/** Names the conversations that wait although nobody may claim them. */
export function Stranded({
  stranded,
  title = i18n._(
    "{count, plural, one {# waiting conversation that nobody may claim} other {# waiting conversations that nobody may claim}}",
    {
      count: stranded.length,
    },
  ),
}: {
  stranded: readonly StrandedConversation[];
  title?: string;
}) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="rounded-xl bg-warn-soft px-4 py-3.5 text-warn sm:px-5">
      <h2 id={id} className="flex items-start gap-2 font-semibold">
        <TriangleAlert size={16} aria-hidden="true" className="mt-0.5 shrink-0" />
        {title}
      </h2>
      <p className="mt-0.5 text-[0.8125rem]">
        {i18n._("No active agent is in all of the pools that match. Add somebody, or loosen a condition.")}
      </p>
      <ul className="mt-2 space-y-1 text-[0.8125rem]">
        {stranded.slice(0, MOST_SHOWN).map((each) => (
          <li key={each.id} className="flex flex-wrap gap-x-2">
            <Link
              to="/conversations/$conversationId"
              params={{ conversationId: each.id }}
              className="font-medium underline underline-offset-2"
            >
              {each.contact ?? i18n._("Unknown customer")}
            </Link>
            <span>{new Intl.ListFormat(i18n.locale).format(each.pools.map((pool) => pool.name))}</span>
          </li>
        ))}
      </ul>
      {stranded.length > MOST_SHOWN && (
        <p className="mt-1 text-[0.8125rem]">
          {i18n._("and {count} more", { count: stranded.length - MOST_SHOWN })}
        </p>
      )}
    </section>
  );
}
