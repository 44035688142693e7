import { i18n } from "@lingui/core";
import { useState } from "react";

import { askTakeover } from "@/realtime/takeovers";
import { getState } from "@/realtime/store";
import type { Outcome } from "@/realtime/verbs";
import { customerName } from "@/ui/ownership";

import { attempt } from "../attempt";
import { AskDialog } from "./AskDialog";
import { NoteField } from "./NoteField";
import type { OwnershipDialogProps } from "./dialogProps";

const MOST_LETTERS = 2_000;

/** Asks the holder for the conversation, with a word on why. */
export function AskTakeoverDialog({ ownership: { conversation }, close }: OwnershipDialogProps) {
  const [note, setNote] = useState("");
  const owner = conversation.assignee?.name ?? i18n._("the owner");
  const ask = async (): Promise<Outcome> => {
    const asked = await attempt(conversation.id, () =>
      askTakeover(conversation.id, note.trim() || undefined),
    );
    if (asked.done) return { done: true, conversation };
    const known = getState().conversations.get(conversation.id);
    if (asked.problem === undefined) {
      return { done: false, why: "unanswered", problem: undefined, conversation: known };
    }
    return { done: false, why: "refused", problem: asked.problem, conversation: known };
  };
  return (
    <AskDialog
      title={i18n._("Ask {owner} for {name}?", { owner, name: customerName(conversation) })}
      description={i18n._("{owner} is told at once and can accept or decline. What you have written stays.", {
        owner,
      })}
      doIt={i18n._("Ask to take over")}
      close={close}
      run={ask}
      done={() => i18n._("Asked {owner}. You are told what they answer.", { owner })}
    >
      <NoteField label={i18n._("Why (optional)")} value={note} onChange={setNote} max={MOST_LETTERS} />
    </AskDialog>
  );
}
