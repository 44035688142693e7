import { useCallback, useLayoutEffect, useRef, useState, type RefObject } from "react";

import { loadOlder } from "@/realtime/threads";

import type { Entry } from "./timeline";

/** So near the bottom counts as at the bottom. */
const NEAR = 48;
/** So near the top, older messages are read. */
const AHEAD = 600;

export interface Scroll {
  readonly onScroll: () => void;
  readonly toBottom: () => void;
  readonly readOlder: () => void;
  /** Messages that arrived below while somebody reads further up. */
  readonly newBelow: number;
  /** Older messages arrive: nothing that needs announcing. */
  readonly isReadingBack: boolean;
  readonly hasFailed: boolean;
}

/** Keeps a thread at its bottom while it is there, and what is read in place while older messages come in above. */
export function useScroll(
  boxRef: RefObject<HTMLDivElement | null>,
  conversationId: string,
  entries: readonly Entry[],
  hasOlder: boolean,
): Scroll {
  const place = useRef({ isAtBottom: true, fromBottom: 0, first: "", last: "" });
  const [newBelow, setNewBelow] = useState(0);
  const [isReadingBack, setReadingBack] = useState(false);
  const [hasFailed, setFailed] = useState(false);

  const readOlder = useCallback(() => {
    setReadingBack(true);
    setFailed(false);
    loadOlder(conversationId)
      .catch(() => setFailed(true))
      .finally(() => setTimeout(() => setReadingBack(false), 0));
  }, [conversationId]);

  const look = useCallback(() => {
    const at = boxRef.current;
    if (at === null) return;
    place.current.fromBottom = at.scrollHeight - at.scrollTop;
    place.current.isAtBottom = at.scrollHeight - at.scrollTop - at.clientHeight < NEAR;
    if (place.current.isAtBottom) setNewBelow(0);
  }, [boxRef]);

  const onScroll = useCallback(() => {
    look();
    if (hasOlder && !hasFailed && boxRef.current !== null && boxRef.current.scrollTop < AHEAD) readOlder();
  }, [boxRef, look, hasOlder, hasFailed, readOlder]);

  const toBottom = useCallback(() => {
    if (boxRef.current !== null) boxRef.current.scrollTop = boxRef.current.scrollHeight;
    setNewBelow(0);
  }, [boxRef]);

  useLayoutEffect(() => {
    const at = boxRef.current;
    if (at === null) return;
    const { isAtBottom, fromBottom, first, last } = place.current;
    const written = entries.filter((entry) => entry.type === "message" || entry.type === "outgoing");
    const newest = written.at(-1);
    const isOwn = newest?.type === "outgoing" && newest.key !== last;
    const arrived =
      last === "" ? 0 : written.length - 1 - written.findLastIndex((entry) => entry.key === last);
    if (isAtBottom || isOwn) at.scrollTop = at.scrollHeight;
    else if (written[0]?.key !== first) at.scrollTop = at.scrollHeight - fromBottom;
    else if (arrived > 0 && newest?.key !== last) setNewBelow((before) => before + arrived);
    place.current = { ...place.current, first: written[0]?.key ?? "", last: newest?.key ?? "" };
    look();
    // A first page that does not fill the box leaves nothing to scroll.
    if (hasOlder && !hasFailed && at.scrollHeight <= at.clientHeight) readOlder();
  }, [boxRef, entries, look, hasOlder, hasFailed, readOlder]);

  // The composer grows, images load, the window turns: what was at the bottom stays there.
  useLayoutEffect(() => {
    const at = boxRef.current;
    if (at === null) return;
    const observer = new ResizeObserver(() => {
      if (place.current.isAtBottom) at.scrollTop = at.scrollHeight;
    });
    observer.observe(at);
    if (at.firstElementChild !== null) observer.observe(at.firstElementChild);
    return () => observer.disconnect();
  }, [boxRef]);

  return { onScroll, toBottom, readOlder, newBelow, isReadingBack, hasFailed };
}
