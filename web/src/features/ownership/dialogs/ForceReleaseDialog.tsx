import { i18n } from "@lingui/core";
import { useState } from "react";

import { forceRelease } from "@/realtime/verbs";
import { customerName } from "@/ui/ownership";

import { AskDialog } from "./AskDialog";
import { NoteField } from "./NoteField";
import type { OwnershipDialogProps } from "./dialogProps";

const MOST_LETTERS = 500;

/** An admin takes a conversation from its owner, who reads why. */
export function ForceReleaseDialog({ ownership: { conversation }, close }: OwnershipDialogProps) {
  const [reason, setReason] = useState("");
  const owner = conversation.assignee?.name ?? i18n._("the owner");
  const name = customerName(conversation);
  return (
    <AskDialog
      danger
      title={i18n._("Force-release {name}?", { name })}
      description={i18n._(
        "{owner} loses the claim and is told why. The conversation goes back to Unclaimed.",
        {
          owner,
        },
      )}
      doIt={i18n._("Force-release")}
      canDoIt={conversation.stale || reason.trim() !== ""}
      close={close}
      run={() => forceRelease(conversation.id, reason.trim() || undefined)}
      done={() => i18n._("Released {name} from {owner}.", { name, owner })}
    >
      <NoteField
        label={conversation.stale ? i18n._("Reason (optional: the claim is stale)") : i18n._("Reason")}
        value={reason}
        onChange={setReason}
        max={MOST_LETTERS}
      />
    </AskDialog>
  );
}
