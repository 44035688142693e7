import { i18n } from "@lingui/core";
import { useState } from "react";

import { release } from "@/realtime/verbs";
import { Field } from "@/ui/Field";
import { claimAloud, customerName } from "@/ui/ownership";
import { Select } from "@/ui/Select";
import { Switch } from "@/ui/Switch";

import type { Ownership } from "../useOwnership";
import { AskDialog } from "./AskDialog";

type Reason = "none" | "shift_end" | "wrong_person" | "customer_silent" | "other";

/** Asks whether to release, why, and whether to the bot. */
export function ReleaseDialog({ ownership, close }: { ownership: Ownership; close: () => void }) {
  const { id } = ownership.conversation;
  const name = customerName(ownership.conversation);
  const [reason, setReason] = useState<Reason>("none");
  const [toBot, setToBot] = useState(false);
  const reasons: { value: Reason; label: string }[] = [
    { value: "none", label: i18n._("No reason") },
    { value: "shift_end", label: i18n._("My shift ends") },
    { value: "wrong_person", label: i18n._("I am the wrong person for this") },
    { value: "customer_silent", label: i18n._("The customer does not answer") },
    { value: "other", label: i18n._("Other") },
  ];
  return (
    <AskDialog
      title={i18n._("Release {name}?", { name })}
      description={i18n._(
        "It goes back to Unclaimed, and anybody who may can claim it. The customer sees nothing.",
      )}
      doIt={i18n._("Release")}
      close={close}
      run={() => release(id, { ...(reason !== "none" && { reason }), ...(toBot && { hand_back: true }) })}
      done={() =>
        toBot ? i18n._("Released {name} to the bot.", { name }) : i18n._("Released {name}.", { name })
      }
      undo={() => void claimAloud(id)}
    >
      <Field label={i18n._("Reason (optional)")}>
        <Select
          label={i18n._("Reason")}
          value={reason}
          options={reasons}
          onChange={setReason}
          className="w-full"
        />
      </Field>
      <Switch
        label={i18n._("Hand back to bot")}
        hint={i18n._("The assistant answers again, and an escalation is cleared.")}
        checked={toBot}
        onChange={setToBot}
      />
    </AskDialog>
  );
}
