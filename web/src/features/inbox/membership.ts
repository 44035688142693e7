/** Who came to a list and who left it since it was read: what events changed, and nothing else, is looked at. */
import type { Conversation } from "@/api/types";
import type { LiveEvent } from "@/realtime/frames";
import type { Flush } from "@/realtime/store";

import { isDecidable, matches, type List } from "./matches";
import type { View } from "./views";

export interface Membership {
  /** Match now and are not listed. */
  readonly fresh: ReadonlySet<string>;
  /** Listed and match no longer. */
  readonly gone: ReadonlySet<string>;
}

export const unchanged: Membership = { fresh: new Set(), gone: new Set() };

/** By these a conversation comes to a list; by others only when it is known not to have been there before. */
const ARRIVALS: Readonly<Record<View, readonly LiveEvent["kind"][]>> = {
  mine: ["conversation.claimed", "conversation.reassigned", "conversation.woken"],
  unclaimed: ["conversation.created", "conversation.released", "conversation.reopened"],
  others: ["conversation.claimed", "conversation.reassigned", "conversation.woken"],
  observing: [],
  all: ["conversation.created", "conversation.reopened", "conversation.woken"],
  snoozed: ["conversation.snoozed"],
  stale: ["conversation.stale"],
  resolved: ["conversation.resolved"],
  archived: ["conversation.archived"],
  spam: ["conversation.created", "conversation.archived"],
  any: ["conversation.created"],
};

/** The membership after a flush; the same object when nothing changed. `isWhole`: every page of the list is here. */
export function afterFlush(
  before: Membership,
  flush: Flush,
  list: List,
  places: ReadonlyMap<string, number>,
  isWhole: boolean,
  now: number,
): Membership {
  const fresh = new Set(before.fresh);
  const gone = new Set(before.gone);
  for (const event of flush.events) {
    if (!("conversation" in event)) continue;
    const conversation = flush.after.conversations.get(event.conversation.id) ?? event.conversation;
    const { id } = conversation;
    const isHere = matches(conversation, list, now);
    if (places.has(id)) put(gone, id, !isHere || leftAsObserver(event, list));
    else if (!isHere) fresh.delete(id);
    else if (isArrival(event, flush.before.conversations.get(id), list, isWhole, now)) fresh.add(id);
  }
  const isSame = isEqual(fresh, before.fresh) && isEqual(gone, before.gone);
  return isSame ? before : { fresh, gone };
}

/** Of those that have left a list, the ones that match again by our own doing: an undo looks as if nothing had been. */
export function broughtBack(
  { events, after }: Flush,
  list: List,
  hasLeft: (id: string) => boolean,
  now: number,
): ReadonlySet<string> {
  const back = new Set<string>();
  for (const event of events) {
    if (event.actor.id !== list.me || !("conversation" in event)) continue;
    const { id } = event.conversation;
    if (hasLeft(id) && matches(after.conversations.get(id) ?? event.conversation, list, now)) back.add(id);
  }
  return back;
}

/** Whether it has come just now: what lies on a page further down has not. */
function isArrival(
  event: LiveEvent,
  before: Conversation | undefined,
  list: List,
  isWhole: boolean,
  now: number,
): boolean {
  if (event.kind === "observer.joined") return list.view === "observing" && event.observer.id === list.me;
  if (!isDecidable(list)) return false;
  if (before !== undefined && !matches(before, list, now)) return true;
  return isWhole || ARRIVALS[list.view].includes(event.kind);
}

function leftAsObserver(event: LiveEvent, list: List): boolean {
  return event.kind === "observer.left" && list.view === "observing" && event.observer.id === list.me;
}

function put(set: Set<string>, id: string, isIn: boolean): void {
  if (isIn) set.add(id);
  else set.delete(id);
}

function isEqual(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((each) => b.has(each));
}
