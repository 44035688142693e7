import { i18n } from "@lingui/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";

import type { Contact } from "@/api/types";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { failureText } from "@/ui/Failed";
import { Field, TextInput } from "@/ui/Field";
import { say } from "@/ui/status";

import { contactQuery, erase } from "./contact";

const FORM = "erase-contact";

/** Nothing brings an erased customer back: who means it types their name. */
export function EraseDialog({ contact, close }: { contact: Contact; close: () => void }) {
  const client = useQueryClient();
  const [typed, setTyped] = useState("");
  const name = contact.name ?? i18n._("Unnamed customer");
  // Of a customer without a name nothing better can be asked for.
  const wanted = contact.name?.trim() || i18n._("erase");
  const run = useMutation({
    mutationFn: () => erase(contact.id),
    onSuccess: (erased) => {
      client.setQueryData(contactQuery(contact.id).queryKey, erased);
      say(i18n._("The customer is erased."), { tone: "good" });
      close();
    },
  });
  const isMeant = typed.trim().toLocaleLowerCase() === wanted.toLocaleLowerCase();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isMeant) run.mutate();
  };
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && close()}
      title={i18n._("Erase {name} for good?", { name })}
      footer={
        <>
          <Button onClick={close}>{i18n._("Cancel")}</Button>
          <Button type="submit" form={FORM} look="danger" disabled={!isMeant || run.isPending}>
            {run.isPending ? i18n._("Erasing…") : i18n._("Erase for good")}
          </Button>
        </>
      }
    >
      <form id={FORM} onSubmit={submit} className="space-y-3">
        <p className="text-quiet">
          {i18n._(
            "All messages, notes, drafts and files go, and everything by which the customer is known. Open conversations are closed. That it was done stays in the audit, without content; figures stay right.",
          )}
        </p>
        <Field label={i18n._("Type “{wanted}” to confirm", { wanted })}>
          <TextInput value={typed} autoComplete="off" onChange={(event) => setTyped(event.target.value)} />
        </Field>
        {run.error && (
          <p role="alert" className="font-medium text-bad">
            {failureText(run.error)}
          </p>
        )}
      </form>
    </Dialog>
  );
}
