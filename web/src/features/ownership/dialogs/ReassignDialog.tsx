import { useQuery } from "@tanstack/react-query";
import { i18n } from "@lingui/core";
import { useState } from "react";

import { eligibilityQuery } from "@/api/queries";
import { reassign } from "@/realtime/verbs";
import { customerName } from "@/ui/ownership";
import { Switch } from "@/ui/Switch";

import { isAtLeastAdmin } from "../possible";
import type { Teammate } from "../teammates";
import { AskDialog } from "./AskDialog";
import { NoteField } from "./NoteField";
import type { OwnershipDialogProps } from "./dialogProps";
import { TeammateChosen, TeammatePicker } from "./TeammatePicker";

const MOST_LETTERS = 4_000;

/** To whom, and with which words. Enter chooses, Enter again confirms. */
export function ReassignDialog({ ownership: { conversation, me }, close }: OwnershipDialogProps) {
  const { data } = useQuery({ ...eligibilityQuery(conversation.id), staleTime: 0 });
  const [chosen, setChosen] = useState<Teammate>();
  const [note, setNote] = useState("");
  const [override, setOverride] = useState(false);
  const name = customerName(conversation);
  const isAssign = conversation.assignee === null;
  const to = chosen?.agent.name ?? i18n._("a teammate");
  const choose = (teammate: Teammate | undefined) => {
    setChosen(teammate);
    setOverride(false);
  };
  return (
    <AskDialog
      title={isAssign ? i18n._("Assign {name}", { name }) : i18n._("Reassign {name}", { name })}
      description={i18n._("They are told at once, with your note.")}
      doIt={doIt(isAssign, chosen)}
      canDoIt={chosen !== undefined && (!chosen.isFull || override)}
      close={close}
      run={() =>
        reassign(conversation.id, chosen?.agent.id ?? "", {
          ...(note.trim() !== "" && { note: note.trim() }),
          ...(override && { override_limit: true }),
        })
      }
      done={() => i18n._("{name} went to {to}.", { name, to })}
    >
      {chosen === undefined ? (
        <TeammatePicker
          prospects={data?.data}
          holderId={conversation.assignee?.id}
          isAdmin={isAtLeastAdmin(me)}
          onChoose={choose}
        />
      ) : (
        <>
          <TeammateChosen teammate={chosen} onChange={() => choose(undefined)} />
          {chosen.isFull && (
            <Switch
              label={i18n._("Pass the limit of {limit}", { limit: chosen.limit })}
              hint={i18n._("{to} holds {held}. The audit shows that you passed it.", {
                to,
                held: chosen.held,
              })}
              checked={override}
              onChange={setOverride}
            />
          )}
          <NoteField
            focused
            label={i18n._("Handoff note (optional)")}
            value={note}
            onChange={setNote}
            max={MOST_LETTERS}
          />
        </>
      )}
    </AskDialog>
  );
}

function doIt(isAssign: boolean, chosen: Teammate | undefined): string {
  if (chosen === undefined) return isAssign ? i18n._("Assign") : i18n._("Reassign");
  const to = chosen.agent.name ?? "";
  return isAssign ? i18n._("Assign to {to}", { to }) : i18n._("Reassign to {to}", { to });
}
