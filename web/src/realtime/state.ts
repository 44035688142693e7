import type { Conversation, Message, Notification, TakeoverRequest } from "@/api/types";

import type { PresenceFrame } from "./frames";

/** Everything that live events change. Immutable: what did not change is the same object. */
export interface LiveState {
  /** The newest event that this state contains; null before the first list was read. */
  readonly cursor: number | null;
  readonly conversations: ReadonlyMap<string, Conversation>;
  /** Threads that are open or were; events keep them current. */
  readonly threads: ReadonlyMap<string, Thread>;
  /** Take-over requests by id, open ones and those answered while we looked. */
  readonly takeovers: ReadonlyMap<string, TakeoverRequest>;
  readonly notifications: ReadonlyMap<string, Notification>;
  /** By conversation, then by agent; never our own. */
  readonly presence: ReadonlyMap<string, ReadonlyMap<string, PresenceFrame>>;
  /** Customers who are writing, by conversation: until when that holds, in milliseconds since 1970. */
  readonly typing: ReadonlyMap<string, number>;
  /** Our own writes that the server has not confirmed yet, by conversation. */
  readonly pending: ReadonlyMap<string, Pending>;
  /** Rises when agents, settings, pools or tags changed: whoever read them reads again. */
  readonly stamps: Readonly<Stamps>;
  readonly connection: Connection;
}

export interface Stamps {
  agents: number;
  settings: number;
  /** Rises at a reset: everything that was read may be old. */
  everything: number;
}

/** Messages of one conversation, oldest first, without gaps from the first one here to the newest. */
export interface Thread {
  readonly messages: readonly Message[];
  /** Leads to older messages; null when the first one is here; undefined until the first page is read. */
  readonly older: string | null | undefined;
}

export type Verb =
  | "claim"
  | "release"
  | "undo"
  | "hand-back"
  | "reassign"
  | "force-release"
  | "resolve"
  | "reopen"
  | "archive"
  | "snooze"
  | "wake"
  | "spam"
  | "not-spam";

/** A write on its way. `unknown`: its answer got lost, it is being repeated with the same key. */
export interface Pending {
  readonly verb: Verb;
  readonly state: "sending" | "unknown";
  readonly since: number;
}

/** `since`: when the connection was lost, in milliseconds since 1970. */
export type Connection = { state: "connecting" } | { state: "live" } | { state: "lost"; since: number };

export const nothingKnown: LiveState = {
  cursor: null,
  conversations: new Map(),
  threads: new Map(),
  takeovers: new Map(),
  notifications: new Map(),
  presence: new Map(),
  typing: new Map(),
  pending: new Map(),
  stamps: { agents: 0, settings: 0, everything: 0 },
  connection: { state: "connecting" },
};
