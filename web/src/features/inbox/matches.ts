import type { Conversation, Pool } from "@/api/types";

import type { Filters } from "./search";
import type { View } from "./views";

/** A list: its view, its filters, and what the filters need to be decided here. */
export interface List {
  readonly view: View;
  readonly filters: Filters;
  readonly me: string;
  /** The pool that `filters.pool` names, once it is known. */
  readonly pool?: Pool | undefined;
}

/**
 * Whether a conversation belongs to a list now. Who observes and which words a search finds stand in no conversation:
 * those two are taken as given, so this says "no longer" about what is listed, never "now" about what is not.
 */
export function matches(conversation: Conversation, list: List, now: number): boolean {
  return isInView(conversation, list) && passes(conversation, list, now);
}

/** Whether `matches` alone can say that a conversation has come to a list. */
export function isDecidable({ view, filters }: List): boolean {
  return filters.q === undefined && view !== "observing";
}

/** Whether the view, without the filters, holds it. */
export function isInView(conversation: Conversation, { view, me }: List): boolean {
  const { status, assignee, stale, spam } = conversation;
  if (spam) return view === "spam";
  switch (view) {
    case "unclaimed":
      return status === "open" && assignee === null;
    case "mine":
      return status === "open" && assignee?.id === me;
    case "others":
      return status === "open" && assignee !== null && assignee.id !== me;
    case "observing":
      return status === "open" || status === "snoozed";
    case "all":
      return status === "open";
    case "stale":
      return stale;
    case "snoozed":
    case "resolved":
    case "archived":
      return status === view;
    case "spam":
      return false;
    case "any":
      return true;
  }
}

function passes(conversation: Conversation, { filters, me, pool }: List, now: number): boolean {
  const { channel, priority, language, tag, contact, assignee, waiting } = filters;
  return (
    (channel === undefined || conversation.channel === channel) &&
    (priority === undefined || conversation.priority === priority) &&
    (language === undefined || conversation.language === language) &&
    (contact === undefined || conversation.contact.id === contact) &&
    (tag === undefined || tag.every((each) => conversation.tags.includes(each))) &&
    (assignee === undefined || isOwnedBy(conversation, assignee, me)) &&
    (waiting === undefined || hasWaited(conversation, waiting, now)) &&
    (filters.pool === undefined || pool === undefined || isInPool(conversation, pool))
  );
}

function isOwnedBy({ assignee }: Conversation, wanted: string, me: string): boolean {
  if (wanted === "none") return assignee === null;
  return assignee?.id === (wanted === "me" ? me : wanted);
}

function hasWaited({ waiting_since }: Conversation, minutes: number, now: number): boolean {
  return waiting_since !== null && now - Date.parse(waiting_since) >= minutes * 60_000;
}

/** Any one condition of a pool is enough. */
function isInPool(conversation: Conversation, { conditions }: Pool): boolean {
  return (
    conditions.channels.some((each) => each === conversation.channel) ||
    conditions.priorities.some((each) => each === conversation.priority) ||
    conditions.languages.some((each) => each === conversation.language) ||
    conditions.tags.some((each) => conversation.tags.includes(each))
  );
}
