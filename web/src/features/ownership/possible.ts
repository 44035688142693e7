/** What somebody can do with a conversation as it is now: no button may stand there that can only fail. */
import type { Conversation, Me, Named, Prospect } from "@/api/types";

/** Whose a conversation is, as a viewer sees it. */
export type Whose = "mine" | "others" | "unclaimed" | "closed";

export interface Possible {
  claim: boolean;
  release: boolean;
  /** To a teammate; on an unclaimed one this assigns. */
  reassign: boolean;
  reassignToMe: boolean;
  forceRelease: boolean;
  askTakeover: boolean;
  observe: boolean;
  resolve: boolean;
  snooze: boolean;
  wake: boolean;
  reopen: boolean;
  reopenAndClaim: boolean;
  archive: boolean;
  spam: boolean;
  notSpam: boolean;
  handBack: boolean;
}

/** Why an unclaimed conversation cannot be claimed by us. */
export type Hindrance =
  { why: "pools"; pools: readonly Named[] } | { why: "limit"; held: number; limit: number } | { why: "role" };

export function whose(conversation: Conversation, myId: string): Whose {
  if (conversation.status === "resolved" || conversation.status === "archived") return "closed";
  if (conversation.assignee === null) return "unclaimed";
  return conversation.assignee.id === myId ? "mine" : "others";
}

/** `mine` is our own line of the conversation's eligibility; while it is unknown, the server decides. */
export function possible(conversation: Conversation, me: Me, mine: Prospect | undefined): Possible {
  const state = whose(conversation, me.agent.id);
  const isAgent = me.role !== "viewer";
  const isAdmin = isAtLeastAdmin(me);
  const isIn = !mine?.reasons.some(({ code }) => code === "pool_restricted");
  const hasRoom = !mine?.reasons.some(({ code }) => code === "claim_limit_reached");
  const isOpen = state !== "closed";
  // The owner, an admin, or while unclaimed whoever is eligible: the limit does not count here.
  const decides = state === "mine" || isAdmin || (state === "unclaimed" && isAgent && isIn);
  return {
    claim: state === "unclaimed" && isAgent && isIn && hasRoom,
    release: state === "mine",
    reassign: state === "mine" || (isOpen && isAdmin),
    reassignToMe: state === "others" && isAdmin && isIn,
    forceRelease: state === "others" && isAdmin,
    askTakeover: state === "others" && isAgent && isIn,
    observe: isAgent && isOpen,
    resolve: isOpen && decides,
    snooze: isOpen && decides,
    wake: conversation.status === "snoozed" && decides,
    reopen: !isOpen && isAgent && !conversation.spam,
    reopenAndClaim: !isOpen && isAgent && isIn && hasRoom && !conversation.spam,
    archive: conversation.status === "resolved" && isAgent && (isAdmin || isIn),
    // A closed one is nobody's, so whoever is eligible may say so.
    spam: !conversation.spam && (isOpen ? decides : isAgent && (isAdmin || isIn)),
    notSpam: conversation.spam && isAgent && (isAdmin || isIn),
    handBack: isOpen && decides && (conversation.bot_paused || conversation.escalated_at !== null),
  };
}

/** What stands in place of Claim, if we cannot claim. */
export function hindrance(me: Me, mine: Prospect | undefined): Hindrance | undefined {
  if (me.role === "viewer") return { why: "role" };
  const restricted = mine?.reasons.find(({ code }) => code === "pool_restricted");
  if (restricted !== undefined) return { why: "pools", pools: restricted.pools ?? [] };
  const full = mine?.reasons.some(({ code }) => code === "claim_limit_reached");
  return mine !== undefined && full ? { why: "limit", held: mine.held, limit: mine.limit } : undefined;
}

export function isAtLeastAdmin(me: Me): boolean {
  return me.role === "admin" || me.role === "owner";
}
