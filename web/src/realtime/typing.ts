/** Customers who are writing at this moment: told every few seconds while they do, and never stored. */
import { useEffect, useState } from "react";

import type { TypingFrame } from "./frames";
import { useLive } from "./hooks";
import type { LiveState } from "./state";

/** Without another word for so long they have stopped. */
const HOLDS_MS = 6_000;

/** The state with a customer who writes now. Pure but for `now`. */
export function withTyping(state: LiveState, { conversation_id: id }: TypingFrame, now: number): LiveState {
  return { ...state, typing: new Map(state.typing).set(id, now + HOLDS_MS) };
}

/** Whether the customer of a conversation is writing. */
export function useCustomerTyping(id: string): boolean {
  const until = useLive((state) => state.typing.get(id));
  const [, turn] = useState(0);
  useEffect(() => {
    if (until === undefined) return undefined;
    const timer = setTimeout(() => turn(until), Math.max(until - Date.now(), 0) + 50);
    return () => clearTimeout(timer);
  }, [until]);
  return until !== undefined && isStill(until);
}

function isStill(until: number): boolean {
  return Date.now() < until;
}
