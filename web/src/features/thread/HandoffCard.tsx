import { i18n } from "@lingui/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { BookOpen, ChevronDown, Flame } from "lucide-react";

import { cx } from "@/ui/cx";
import { useIsPhone } from "@/ui/media";
import { remembered, useRemembered } from "@/ui/remembered";
import { moment } from "@/ui/time";

import { handoffQuery, type Handoff } from "./wire";

// A phone has room for the messages or for this.
const choices = {
  wide: remembered("dibs.handoff", ["open", "closed"]),
  phone: remembered("dibs.handoff.phone", ["closed", "open"]),
};

/** Why the bot stepped back, and what it had tried: so that nobody asks the customer again. */
export function HandoffCard({ conversationId, at }: { conversationId: string; at: string }) {
  const { data: handoff } = useQuery(handoffQuery(conversationId, at));
  const choice = choices[useIsPhone() ? "phone" : "wide"];
  const isOpen = useRemembered(choice) === "open";
  if (handoff === undefined) return null;
  return (
    <section
      aria-label={i18n._("Hand-off")}
      className="shrink-0 border-b border-line bg-bad-soft/60 text-[0.8125rem]"
    >
      <h2>
        <button
          type="button"
          aria-expanded={isOpen}
          onClick={() => choice.set(isOpen ? "closed" : "open")}
          className="flex min-h-9 w-full items-center gap-2 px-4 py-1.5 text-left focus-visible:-outline-offset-2 sm:px-6"
        >
          <Flame size={14} aria-hidden="true" className="shrink-0 text-bad" />
          <span className="shrink-0 font-semibold">{i18n._("Handed over by the assistant")}</span>
          {!isOpen && <span className="min-w-0 truncate text-quiet">{because(handoff)}</span>}
          <ChevronDown
            size={14}
            aria-hidden="true"
            className={cx("ml-auto shrink-0 text-quiet transition-transform", !isOpen && "-rotate-90")}
          />
        </button>
      </h2>
      {isOpen && <Facts handoff={handoff} />}
    </section>
  );
}

function Facts({ handoff }: { handoff: Handoff }) {
  const { tried, articles, at } = handoff;
  const said = wordsIn(handoff);
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 px-4 pb-3 sm:px-6">
      <dt className="text-quiet">{i18n._("Why")}</dt>
      <dd className="min-w-0 [overflow-wrap:anywhere]">
        {because(handoff)}
        {said !== undefined && <span className="block text-quiet">{said}</span>}
      </dd>
      <dt className="text-quiet">{i18n._("When")}</dt>
      <dd>{moment(at)}</dd>
      <dt className="text-quiet">{i18n._("Tried")}</dt>
      <dd>
        {i18n._(
          "{tried, plural, =0 {It had not answered} one {It had answered once} other {It had answered # times}}",
          {
            tried,
          },
        )}
      </dd>
      <dt className="text-quiet">{i18n._("Articles")}</dt>
      <dd className="min-w-0">
        {articles.length === 0 ? (
          i18n._("None")
        ) : (
          <ul className="flex flex-wrap gap-x-3">
            {articles.map(({ id, title }) => (
              <li key={id} className="max-w-full">
                <Link
                  to="/articles/$articleId"
                  params={{ articleId: id }}
                  className="inline-flex min-h-6 max-w-full items-center gap-1 text-accent-ink hover:underline"
                >
                  <BookOpen size={12} aria-hidden="true" className="shrink-0" />
                  <span className="truncate">{title}</span>
                </Link>
              </li>
            ))}
          </ul>
        )}
      </dd>
    </dl>
  );
}

/** What made it step back in somebody's own words: a quotation of the customer, a rule, what a bot said. */
function wordsIn({ trigger, reason }: Handoff): string | undefined {
  const quoted = /“.+”/.exec(reason)?.[0];
  if (quoted !== undefined) return quoted;
  return trigger === "rule" || trigger === "bot" ? reason : undefined;
}

function because({ trigger, reason }: Handoff): string {
  const known: Partial<Record<string, string>> = {
    request: i18n._("The customer asked for a person"),
    low_confidence: i18n._("The assistant was not sure, twice in a row"),
    frustration: i18n._("The customer is losing patience"),
    rule: i18n._("A rule of the workspace"),
    article: i18n._("The article about it is for people"),
    bot: i18n._("The assistant handed it over itself"),
  };
  return known[trigger] ?? reason;
}
