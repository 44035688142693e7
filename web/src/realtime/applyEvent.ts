import type { Contact, Conversation, Message, Notification, TakeoverRequest } from "@/api/types";

import type { LiveEvent, PresenceFrame } from "./frames";
import { inOrder } from "./inOrder";
import type { LiveState, Thread } from "./state";

/** The state after one event. Pure. An event at or before the state's cursor has been applied already. */
export function applyEvent(state: LiveState, event: LiveEvent): LiveState {
  if (state.cursor !== null && event.cursor <= state.cursor) return state;
  return { ...applied(state, event), cursor: event.cursor };
}

function applied(state: LiveState, event: LiveEvent): LiveState {
  switch (event.kind) {
    case "conversation.created":
    case "conversation.claimed":
    case "conversation.released":
    case "conversation.reassigned":
    case "conversation.resolved":
    case "conversation.reopened":
    case "conversation.snoozed":
    case "conversation.woken":
    case "conversation.archived":
    case "conversation.updated":
    case "conversation.escalated":
    case "conversation.stale":
    case "conversation.stale_cleared":
    case "conversation.bot_paused":
    case "conversation.bot_resumed":
    case "observer.joined":
    case "observer.left":
    case "conversation.turn":
      return withConversation(state, event.conversation);
    case "message.created":
    case "message.delivery":
      return withMessage(withConversation(quiet(state, event.message), event.conversation), event.message);
    case "takeover.requested":
    case "takeover.answered":
      return withTakeover(state, event.takeover_request);
    case "notification.created":
      return withNotification(state, event.notification);
    case "contact.updated":
      return withContact(state, event.contact, event.merged);
    case "agent.updated":
      return { ...state, stamps: { ...state.stamps, agents: state.stamps.agents + 1 } };
    case "settings.updated":
      return { ...state, stamps: { ...state.stamps, settings: state.stamps.settings + 1 } };
    default:
      return unheardOf(event, state);
  }
}

/** The state with a conversation as the server showed it, unless a newer one is known. */
export function withConversation(state: LiveState, conversation: Conversation): LiveState {
  const known = state.conversations.get(conversation.id);
  if (known !== undefined && known.version >= conversation.version) return state;
  return { ...state, conversations: set(state.conversations, conversation.id, conversation) };
}

/** The same for many: one copy, however many there are. */
export function withConversations(state: LiveState, conversations: readonly Conversation[]): LiveState {
  const newer = conversations.filter(({ id, version }) => {
    const known = state.conversations.get(id);
    return known === undefined || known.version < version;
  });
  if (newer.length === 0) return state;
  const all = new Map(state.conversations);
  for (const conversation of newer) all.set(conversation.id, conversation);
  return { ...state, conversations: all };
}

/** The state with a message in its thread, if that is open. Repeats change the message, never double it. */
export function withMessage(state: LiveState, message: Message): LiveState {
  const thread = state.threads.get(message.conversation_id);
  if (thread === undefined) return state;
  const messages = merged(thread.messages, [message]);
  return { ...state, threads: set(state.threads, message.conversation_id, { ...thread, messages }) };
}

/** The state with a page of messages, older or newest; `older` as in Thread. */
export function withPage(
  state: LiveState,
  conversationId: string,
  page: readonly Message[],
  older: string | null,
): LiveState {
  const thread: Thread = state.threads.get(conversationId) ?? { messages: [], older: undefined };
  return {
    ...state,
    threads: set(state.threads, conversationId, { messages: merged(thread.messages, page), older }),
  };
}

/** The state with a take-over request; one that was answered never opens again. */
export function withTakeover(state: LiveState, request: TakeoverRequest): LiveState {
  const known = state.takeovers.get(request.id);
  if (known !== undefined && known.state !== "open") return state;
  return { ...state, takeovers: set(state.takeovers, request.id, request) };
}

/** The state with something that we are told; what was seen stays seen. */
export function withNotification(state: LiveState, notification: Notification): LiveState {
  const known = state.notifications.get(notification.id);
  if (known !== undefined && known.seen_at !== null) return state;
  return { ...state, notifications: set(state.notifications, notification.id, notification) };
}

/** The state with a contact as they are now; `merged` is one that has become them. What an erased one wrote goes. */
export function withContact(state: LiveState, contact: Contact, merged?: string): LiveState {
  const { id, name, erased_at } = contact;
  const theirs = [...state.conversations.values()].filter(
    (each) => each.contact.id === id || each.contact.id === merged,
  );
  if (erased_at === null) {
    if (theirs.every((each) => each.contact.id === id && each.contact.name === name)) return state;
    const conversations = new Map(state.conversations);
    for (const each of theirs) conversations.set(each.id, { ...each, contact: { id, name } });
    return { ...state, conversations };
  }
  const conversations = new Map(state.conversations);
  const threads = new Map(state.threads);
  for (const each of theirs) {
    conversations.delete(each.id);
    threads.delete(each.id);
  }
  return {
    ...state,
    conversations,
    threads,
    // Notifications and whatever else names them is read again, too.
    notifications: new Map(),
    stamps: { ...state.stamps, everything: state.stamps.everything + 1 },
  };
}

/** The state with what another agent does at a conversation. */
export function withPresence(state: LiveState, frame: PresenceFrame): LiveState {
  const here = new Map(state.presence.get(frame.conversation_id));
  if (frame.state === "left") here.delete(frame.agent.id);
  else here.set(frame.agent.id, frame);
  const presence = new Map(state.presence);
  if (here.size === 0) presence.delete(frame.conversation_id);
  else presence.set(frame.conversation_id, here);
  return { ...state, presence };
}

/** The state without the customer's writing, once what they wrote is here. */
function quiet(state: LiveState, { kind, conversation_id: id }: Message): LiveState {
  if (kind !== "customer" || !state.typing.has(id)) return state;
  const typing = new Map(state.typing);
  typing.delete(id);
  return { ...state, typing };
}

function merged(known: readonly Message[], more: readonly Message[]): readonly Message[] {
  const byId = new Map(known.map((message) => [message.id, message]));
  for (const message of more) byId.set(message.id, message);
  return [...byId.values()].sort(inOrder);
}

/** Maps that the running batch has made: nobody else has seen them, so it may go on writing into them. */
let ours: WeakSet<object> | null = null;

/** Applies many events with one copy of each map instead of one per event. The states in between must not get out. */
export function batch<T>(run: () => T): T {
  ours = new WeakSet();
  try {
    return run();
  } finally {
    ours = null;
  }
}

function set<K, V>(map: ReadonlyMap<K, V>, key: K, value: V): ReadonlyMap<K, V> {
  const own = ours?.has(map) ? (map as Map<K, V>) : new Map(map);
  ours?.add(own);
  return own.set(key, value);
}

/** Does not compile while a kind of event is not dealt with; a newer server's kinds change nothing here. */
function unheardOf(_: never, state: LiveState): LiveState {
  return state;
}
