import { i18n } from "@lingui/core";

import { channelName } from "@/ui/channels";

import type { Filters } from "./search";
import type { FilterChange } from "./useSetFilters";

export interface Chip {
  readonly key: string;
  readonly text: string;
  /** The change that takes this filter away. */
  readonly without: FilterChange;
}

interface Names {
  agent: (id: string) => string | undefined;
  pool: (id: string) => string | undefined;
}

/** The filters in force in words, without the search, which stands in its own box. */
export function chips(filters: Filters, names: Names): Chip[] {
  const { channel, priority, language, pool, assignee, waiting, contact, tag = [] } = filters;
  const one = (key: keyof Filters, text: string | undefined): Chip[] =>
    text === undefined ? [] : [{ key, text, without: { [key]: undefined } }];
  return [
    ...one("channel", channel && channelName(channel)),
    ...tag.map((each) => {
      const rest = tag.filter((other) => other !== each);
      return { key: `tag ${each}`, text: each, without: { tag: rest.length > 0 ? rest : undefined } };
    }),
    ...one("priority", priority && i18n._("Priority: {name}", { name: priorityName(priority) })),
    ...one("language", language && languageName(language)),
    ...one("pool", pool && i18n._("Pool: {name}", { name: names.pool(pool) ?? "…" })),
    ...one("assignee", assignee && assigneeText(assignee, names)),
    ...one("waiting", waiting === undefined ? undefined : waitingText(waiting)),
    ...one("contact", contact && i18n._("One contact")),
  ];
}

export function priorityName(priority: string): string {
  const texts: Record<string, string> = {
    low: i18n._("Low"),
    normal: i18n._("Normal"),
    high: i18n._("High"),
    urgent: i18n._("Urgent"),
  };
  return texts[priority] ?? priority;
}

/** "Spanish" for "es", in the reader's own language. */
export function languageName(code: string): string {
  try {
    return new Intl.DisplayNames(i18n.locale, { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
}

export function waitingText(minutes: number): string {
  return i18n._("Waiting {minutes} min or longer", { minutes });
}

function assigneeText(assignee: string, names: Names): string {
  if (assignee === "me") return i18n._("Claimed by you");
  if (assignee === "none") return i18n._("Unclaimed");
  return i18n._("Claimed by {name}", { name: names.agent(assignee) ?? "…" });
}
