import { i18n } from "@lingui/core";
import { useEffect, useRef } from "react";

import type { Conversation } from "@/api/types";
import { usePending } from "@/realtime/hooks";
import type { Verb } from "@/realtime/state";
import { say } from "@/ui/status";

import { drafts, mark } from "./drafts";

/** What we do ourselves by which a conversation goes away from us. */
const GIVING = new Set<Verb | undefined>(["release", "undo", "hand-back", "reassign", "resolve"]);

/** Freezes a reply that is being written when the conversation goes away from us, unless we gave it away ourselves. */
export function useFreeze({ id, assignee, epoch }: Conversation, me: string): void {
  const isGiving = GIVING.has(usePending(id)?.verb);
  const held = useRef<boolean>(undefined);
  // That it is done and that nothing is pending any more may come in one.
  const wasGiving = useRef(false);
  const isMine = assignee?.id === me;
  useEffect(() => {
    const draft = drafts.get(id);
    const isLost = held.current === true && !isMine && !isGiving && !wasGiving.current;
    held.current = isMine;
    wasGiving.current = isGiving;
    if (draft === undefined) return;
    if (isMine) mark(id, { frozen: undefined });
    if (!isLost || draft.kind !== "reply" || draft.text.trim() === "") return;
    mark(id, { frozen: { by: assignee }, held: undefined, problem: undefined });
    const text =
      assignee === null
        ? i18n._("You no longer hold this conversation. Your text is kept.")
        : i18n._("{name} holds this conversation now. Your text is kept.", { name: assignee.name ?? "" });
    say(text, { tone: "bad", isAlert: true });
    // The epoch tells apart two losses in a row.
  }, [id, isMine, isGiving, assignee, epoch]);
}
