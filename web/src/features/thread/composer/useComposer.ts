import { i18n } from "@lingui/core";
import { useCallback, useEffect, useId, useState, type RefObject } from "react";

import type { Conversation, Me } from "@/api/types";
import { useAction } from "@/keyboard/useAction";
import { useLive, usePending } from "@/realtime/hooks";

import { clear, drafts, mark, newest, saveNow, write } from "./drafts";
import type { Kind } from "./kind";
import { useKeyed } from "./keyed";
import { lengthOf, LONGEST } from "./length";
import { ownOutbox } from "./outbox";
import { sendDraft, type SendOptions } from "./send";
import { useFiles } from "./useFiles";
import { useFreeze } from "./useFreeze";
import { usePresenceShown } from "./usePresenceShown";
import { useRights } from "./useRights";

/** Everything that decides what the composer shows and does. */
export function useComposer(
  conversation: Conversation,
  me: Me,
  boxRef: RefObject<HTMLTextAreaElement | null>,
) {
  const { id } = conversation;
  const agent = me.agent.id;
  const draft = useKeyed(drafts, id);
  const allowed = useRights(conversation, me);
  const [chosen, setChosen] = useState<Kind>();
  const panel = useId();
  const showWriting = usePresenceShown(id);
  const shut = useShut(id);
  useFreeze(conversation, agent);
  useEffect(() => {
    ownOutbox(
      agent,
      i18n._("The page was closed before the server confirmed it. Sending it again cannot double it."),
    );
  }, [agent]);

  const text = draft?.text ?? "";
  const kind =
    text !== "" && draft !== undefined
      ? draft.kind
      : // Where only a template can go, that is what stands there.
        (chosen ?? (allowed.lock === undefined || allowed.lock.why === "window" ? "reply" : "note"));
  const isFrozen = draft?.frozen !== undefined;
  const isHeld = draft?.held !== undefined;
  const isLocked = kind === "reply" && allowed.lock !== undefined;
  const files = useFiles(id, !isFrozen && !isHeld && !isLocked);

  const focus = useCallback(() => {
    requestAnimationFrame(() => {
      const at = boxRef.current;
      // Where nothing can be written, the way out of that is what is wanted.
      if (at === null) document.getElementById(panel)?.querySelector("button")?.focus();
      at?.focus();
      at?.setSelectionRange(at.value.length, at.value.length);
    });
  }, [boxRef, panel]);
  const choose = (next: Kind) => {
    setChosen(next);
    if (text !== "" && !isFrozen && !isHeld) write(id, { kind: next, text, problem: undefined });
  };
  const change = (next: string) => {
    if (isFrozen || isHeld) return;
    if (next === "") {
      showWriting(undefined);
      return clear(id);
    }
    write(id, { kind, text: next, problem: undefined });
    showWriting(kind);
  };
  const send = (options: SendOptions = {}) => {
    if (isFrozen || shut !== undefined || lengthOf(text) > LONGEST) return;
    if (isLocked && options.takeOver !== true) return;
    // What is held is decided by its own buttons.
    if (isHeld && options.override !== true) return;
    sendDraft(id, agent, { kind, ...options });
    showWriting(undefined);
    setChosen(undefined);
  };
  const asNote = () => {
    mark(id, { kind: "note", frozen: undefined });
    sendDraft(id, agent);
  };
  const edit = () => {
    mark(id, { held: undefined, seen: newest(id) });
    focus();
  };
  const isHere = () => boxRef.current?.closest("section")?.contains(document.activeElement) ?? false;
  const go = (kindOf: Kind) => {
    choose(kindOf);
    focus();
  };
  useAction("reply", () => go("reply"), me.role !== "viewer");
  useAction("note", () => go("note"), me.role !== "viewer");
  useAction("send", () => isHere() && send());
  useAction("send-and-resolve", () => isHere() && kind === "reply" && send({ then: "resolve" }));

  return {
    allowed,
    panel,
    draft,
    text,
    kind,
    shut,
    isFrozen,
    isHeld,
    isLocked,
    files,
    choose,
    change,
    send,
    asNote,
    edit,
    focus,
    discard: () => clear(id),
    leave: () => saveNow(id),
  };
}

/** Why nothing can be sent at this moment, whatever it is. */
function useShut(id: string): string | undefined {
  const pending = usePending(id);
  const isOffline = useLive((state) => state.connection.state === "lost") && !navigator.onLine;
  if (pending?.state === "unknown") return i18n._("Not confirmed yet: the server has not answered.");
  if (pending?.verb === "claim") return i18n._("Claiming… Sending opens when the server has confirmed.");
  if (pending !== undefined) return i18n._("Waiting for the server…");
  if (isOffline) return i18n._("You are offline: the text is kept as a draft, nothing is sent.");
  return undefined;
}
