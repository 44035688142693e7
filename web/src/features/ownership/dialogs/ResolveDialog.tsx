import { i18n } from "@lingui/core";
import { useState } from "react";

import { resolve } from "@/realtime/verbs";
import { customerName } from "@/ui/ownership";

import { reopenAloud } from "../aloud";
import { AskDialog } from "./AskDialog";
import { NoteField } from "./NoteField";
import type { OwnershipDialogProps } from "./dialogProps";

const MOST_LETTERS = 2_000;

/** Resolves with a note for the team. */
export function ResolveDialog({ ownership, close }: OwnershipDialogProps) {
  const { conversation, whose } = ownership;
  const [note, setNote] = useState("");
  const name = customerName(conversation);
  return (
    <AskDialog
      title={i18n._("Resolve {name}?", { name })}
      description={
        whose === "others" && conversation.assignee !== null
          ? i18n._("{name} holds this conversation. Resolving ends their claim.", {
              name: conversation.assignee.name ?? i18n._("Somebody"),
            })
          : undefined
      }
      doIt={i18n._("Resolve")}
      close={close}
      run={() => resolve(conversation.id, note.trim() || undefined)}
      done={() => i18n._("Resolved {name}.", { name })}
      undo={() => void reopenAloud(conversation.id, whose === "mine")}
    >
      <NoteField label={i18n._("Note (optional)")} value={note} onChange={setNote} max={MOST_LETTERS} />
    </AskDialog>
  );
}
