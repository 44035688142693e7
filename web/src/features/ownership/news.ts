/** What an event means for somebody who did not cause it: lost, received, asked, answered. Pure. */
import { i18n } from "@lingui/core";

import type { Conversation } from "@/api/types";
import type { LiveEvent } from "@/realtime/frames";
import type { LiveState } from "@/realtime/state";

export interface News {
  readonly text: string;
  /** Ownership was lost. */
  readonly isAlert: boolean;
  /** The conversation that it is about. */
  readonly about: string;
  /** The conversation that can be claimed again. */
  readonly reclaim?: string;
}

type ConversationEvent = Extract<LiveEvent, { ended_as?: unknown }>;
type TakeoverEvent = Extract<LiveEvent, { takeover_request: unknown }>;

/** What to tell an agent about an event; `before` is the state that it changed. */
export function newsOf(event: LiveEvent, before: LiveState, myId: string): News | undefined {
  switch (event.kind) {
    case "takeover.requested":
      return undefined;
    case "takeover.answered":
      return answered(event as TakeoverEvent, before, myId);
    case "conversation.claimed":
    case "conversation.released":
    case "conversation.reassigned":
    case "conversation.resolved":
      return event.actor.id === myId ? undefined : moved(event as ConversationEvent, before, myId);
    default:
      return undefined;
  }
}

function moved(event: ConversationEvent, before: LiveState, myId: string): News | undefined {
  const { conversation, previous_assignee } = event;
  const had = previous_assignee?.id ?? before.conversations.get(conversation.id)?.assignee?.id;
  const isMine = conversation.assignee?.id === myId;
  if (had === myId && !isMine) return lost(event);
  // An accepted take-over is told by its answer.
  if (had === myId || !isMine || event.via === "takeover") return undefined;
  const values = { actor: actorName(event), name: nameOf(conversation), note: event.note };
  return {
    isAlert: false,
    about: conversation.id,
    text: event.note
      ? i18n._("{actor} gave you {name}: {note}", values)
      : i18n._("{actor} gave you {name}", values),
  };
}

function lost(event: ConversationEvent): News | undefined {
  const { conversation, ended_as, reason } = event;
  const values = {
    actor: actorName(event),
    name: nameOf(conversation),
    to: conversation.assignee?.name ?? i18n._("somebody else"),
    reason: reason ?? "",
  };
  const news = (text: string): News => ({ text, isAlert: true, about: conversation.id });
  switch (ended_as) {
    case "stale":
      return {
        ...news(i18n._("{name} went back to Unclaimed: no activity of yours", values)),
        reclaim: conversation.id,
      };
    case "forced":
      return {
        ...news(
          reason
            ? i18n._("{actor} released {name} from you: {reason}", values)
            : i18n._("{actor} released {name} from you", values),
        ),
        reclaim: conversation.id,
      };
    case "resolved":
      return news(i18n._("{actor} resolved {name}, which was yours", values));
    case "handed_back":
      return news(i18n._("{actor} handed {name} back to the bot", values));
    default:
      return conversation.assignee === null
        ? news(i18n._("{name} is no longer yours", values))
        : news(i18n._("{actor} reassigned {name} from you to {to}", values));
  }
}

function answered({ takeover_request }: TakeoverEvent, before: LiveState, myId: string): News | undefined {
  const { asker, assignee, state, reason, conversation_id } = takeover_request;
  const conversation = before.conversations.get(conversation_id);
  const values = {
    asker: asker.name ?? i18n._("A colleague"),
    owner: assignee.name ?? i18n._("The owner"),
    name: conversation === undefined ? i18n._("the conversation") : nameOf(conversation),
    reason: reason ?? "",
  };
  const news = (text: string): News => ({ text, isAlert: false, about: conversation_id });
  if (asker.id === myId) {
    if (state === "accepted") return news(i18n._("{owner} accepted: {name} is yours", values));
    if (state === "declined") {
      return news(
        reason
          ? i18n._("{owner} declined and keeps {name}: {reason}", values)
          : i18n._("{owner} declined and keeps {name}", values),
      );
    }
    return state === "lapsed" ? news(i18n._("Your request for {name} has lapsed", values)) : undefined;
  }
  if (assignee.id !== myId) return undefined;
  if (state === "cancelled") return news(i18n._("{asker} no longer asks for {name}", values));
  return state === "lapsed" && conversation?.assignee?.id === myId
    ? news(i18n._("The request by {asker} for {name} has lapsed", values))
    : undefined;
}

function actorName({ actor }: ConversationEvent): string {
  return actor.name ?? i18n._("Somebody");
}

function nameOf({ contact }: Conversation): string {
  return contact.name ?? i18n._("Unnamed customer");
}
