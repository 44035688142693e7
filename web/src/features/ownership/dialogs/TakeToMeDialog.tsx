import { i18n } from "@lingui/core";
import { useState } from "react";

import { reassign } from "@/realtime/verbs";
import { customerName } from "@/ui/ownership";
import { Switch } from "@/ui/Switch";

import { AskDialog } from "./AskDialog";
import { NoteField } from "./NoteField";
import type { OwnershipDialogProps } from "./dialogProps";

const MOST_LETTERS = 4_000;

/** An admin reassigns somebody else's conversation to themselves. */
export function TakeToMeDialog({ ownership, close }: OwnershipDialogProps) {
  const { conversation, me, mine } = ownership;
  const [note, setNote] = useState("");
  const [override, setOverride] = useState(false);
  const name = customerName(conversation);
  const owner = conversation.assignee?.name ?? i18n._("the owner");
  const isFull = mine !== undefined && mine.held >= mine.limit;
  return (
    <AskDialog
      title={i18n._("Reassign {name} to you?", { name })}
      description={i18n._("{owner} holds it now and will be told.", { owner })}
      doIt={i18n._("Reassign to me")}
      canDoIt={!isFull || override}
      close={close}
      run={() =>
        reassign(conversation.id, me.agent.id, {
          ...(note.trim() !== "" && { note: note.trim() }),
          ...(override && { override_limit: true }),
        })
      }
      done={() => i18n._("{name} is yours.", { name })}
    >
      {isFull && (
        <Switch
          label={i18n._("Pass the limit of {limit}", { limit: mine.limit })}
          hint={i18n._("You hold {held}. The audit shows that the limit was passed.", { held: mine.held })}
          checked={override}
          onChange={setOverride}
        />
      )}
      <NoteField label={i18n._("Note (optional)")} value={note} onChange={setNote} max={MOST_LETTERS} />
    </AskDialog>
  );
}
