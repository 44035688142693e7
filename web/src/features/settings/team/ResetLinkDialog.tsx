import { i18n } from "@lingui/core";

import type { Agent } from "@/api/types";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { fullMoment } from "@/ui/time";

import { Secret } from "../parts/Secret";
import { sentence } from "../queries";
import { useResetLink } from "./members";

/** Makes a link with which a member sets a new password. */
export function ResetLinkDialog({ agent, onClose }: { agent: Agent; onClose: () => void }) {
  const make = useResetLink(agent);
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={i18n._("Password reset link for {name}", { name: agent.name })}
      description={i18n._("Give it to {name} yourself: whoever opens it sets the password.", {
        name: agent.name,
      })}
      footer={
        make.data === undefined ? (
          <>
            <Button onClick={onClose}>{i18n._("Cancel")}</Button>
            <Button look="primary" disabled={make.isPending} onClick={() => make.mutate()}>
              {i18n._("Make the link")}
            </Button>
          </>
        ) : (
          <Button look="primary" onClick={onClose}>
            {i18n._("Done")}
          </Button>
        )
      }
    >
      {make.data === undefined ? (
        <p className="text-quiet">
          {i18n._("The password in use stays until the link is used. Then all sessions end.")}
        </p>
      ) : (
        <Secret
          label={i18n._("Link")}
          text={make.data.link}
          hint={i18n._("Shown only now. Works once, until {when}.", {
            when: fullMoment(make.data.expires_at),
          })}
        />
      )}
      {make.error && (
        <p role="alert" className="mt-3 font-medium text-bad">
          {sentence(make.error) ?? i18n._("The server could not be reached. Try again.")}
        </p>
      )}
    </Dialog>
  );
}
