import { useMutation, useQueryClient } from "@tanstack/react-query";
import { i18n } from "@lingui/core";
import { useState, type FormEvent } from "react";

import { api, body } from "@/api/client";
import type { Role } from "@/api/types";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Field, TextInput } from "@/ui/Field";
import { fullMoment } from "@/ui/time";

import { messageFor } from "@/ui/draft";
import { OneOf } from "../parts/OneOf";
import { roleHint, roleName, rolesToGive } from "../parts/roles";
import { Secret } from "../parts/Secret";
import { invitationsQuery, sentence, useMe } from "../queries";

const FORM = "invite";

/** Invites somebody: the link is shown once, whoever invites passes it on. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const me = useMe();
  const client = useQueryClient();
  const [email, setEmail] = useState("");
  const [name, setName] = useState("");
  const [role, setRole] = useState<Role>("agent");
  const invite = useMutation({
    mutationFn: () =>
      body(
        api.POST("/v1/invitations", { body: { email, role, name: name.trim() === "" ? null : name.trim() } }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: invitationsQuery.queryKey }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    invite.mutate();
  };
  const made = invite.data;
  const isBeside = ["email", "name", "role"].some((field) => messageFor(invite.error, field) !== undefined);
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={
        made === undefined ? i18n._("Invite somebody") : i18n._("{email} is invited", { email: made.email })
      }
      footer={
        made === undefined ? (
          <>
            <Button onClick={onClose}>{i18n._("Cancel")}</Button>
            <Button type="submit" form={FORM} look="primary" disabled={invite.isPending}>
              {i18n._("Make an invitation")}
            </Button>
          </>
        ) : (
          <Button look="primary" onClick={onClose}>
            {i18n._("Done")}
          </Button>
        )
      }
    >
      {made === undefined ? (
        <form id={FORM} onSubmit={submit} className="space-y-4">
          <Field label={i18n._("Email")} error={messageFor(invite.error, "email")}>
            <TextInput
              type="email"
              required
              value={email}
              onChange={(event) => setEmail(event.target.value)}
            />
          </Field>
          <Field
            label={i18n._("Name")}
            hint={i18n._("They can change it when they join.")}
            error={messageFor(invite.error, "name")}
          >
            <TextInput value={name} maxLength={100} onChange={(event) => setName(event.target.value)} />
          </Field>
          <div>
            <p className="mb-1.5 text-[0.8125rem] font-medium">{i18n._("Role")}</p>
            <OneOf
              label={i18n._("Role")}
              value={role}
              onChange={setRole}
              options={rolesToGive(me.role).map((each) => ({
                value: each,
                label: roleName(each),
                hint: roleHint(each),
              }))}
            />
          </div>
          {invite.error && !isBeside && (
            <p role="alert" className="font-medium text-bad">
              {sentence(invite.error) ?? i18n._("The server could not be reached. Try again.")}
            </p>
          )}
        </form>
      ) : (
        <Secret
          label={i18n._("Invitation link")}
          text={made.link}
          hint={i18n._("Shown only now. Send it to them; it works once, until {when}.", {
            when: fullMoment(made.expires_at),
          })}
        />
      )}
    </Dialog>
  );
}
