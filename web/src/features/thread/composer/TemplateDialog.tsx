import { i18n } from "@lingui/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";

import { newKey } from "@/api/client";
import { meQuery } from "@/api/queries";
import type { Conversation } from "@/api/types";
import { withMessage } from "@/realtime/applyEvent";
import { put, update } from "@/realtime/store";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { failureText } from "@/ui/Failed";
import { Field, TextInput } from "@/ui/Field";
import { languageName } from "@/ui/languages";
import { customerName } from "@/ui/ownership";
import { Select } from "@/ui/Select";
import { say } from "@/ui/status";

import { filledIn, keyOf, sendTemplate, useTemplates, type Template } from "./templates";

const FORM = "send-template";

/** Chooses a template, fills it in, shows what the customer will read, and sends it. */
export function TemplateDialog({ conversation, close }: { conversation: Conversation; close: () => void }) {
  const { data: me } = useQuery(meQuery);
  const { templates, isReading, error } = useTemplates();
  const [chosen, setChosen] = useState<string>();
  const [values, setValues] = useState<readonly string[]>([]);
  const [clientId] = useState(newKey);
  const template = templates.find((each) => keyOf(each) === chosen) ?? templates[0];
  const given = template?.variables.map((_, index) => values[index]?.trim() ?? "") ?? [];
  const send = useMutation({
    mutationFn: (what: Template) => sendTemplate(conversation, me?.agent.id ?? "", what, given, clientId),
    onSuccess: ({ message, conversation: now }) => {
      put(now);
      update((state) => withMessage(state, message));
      say(i18n._("The template is sent."), { tone: "good" });
      close();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (template !== undefined) send.mutate(template);
  };
  const trouble = send.error ?? error;
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && close()}
      title={i18n._("Send a template to {name}", { name: customerName(conversation) })}
      description={i18n._(
        "WhatsApp takes it outside the 24 hours. Once the customer answers, you write freely again.",
      )}
      footer={
        <>
          <Button onClick={close}>{i18n._("Cancel")}</Button>
          <Button
            type="submit"
            form={FORM}
            look="primary"
            disabled={template === undefined || send.isPending || given.includes("")}
          >
            {send.isPending ? i18n._("Sending…") : i18n._("Send")}
          </Button>
        </>
      }
    >
      <form id={FORM} onSubmit={submit} className="space-y-4">
        {template === undefined ? (
          trouble === null && (
            <p className="text-quiet">
              {isReading
                ? i18n._("Loading…")
                : i18n._(
                    "No approved template can be sent from here. An admin writes them in WhatsApp Manager.",
                  )}
            </p>
          )
        ) : (
          <>
            <div className="flex flex-col gap-1">
              <span className="text-[0.8125rem] font-medium">{i18n._("Template")}</span>
              <Select
                label={i18n._("Template")}
                value={keyOf(template)}
                options={templates.map((each) => ({
                  value: keyOf(each),
                  label: each.name,
                  hint: languageName(each.language.replace("_", "-")),
                }))}
                onChange={(next) => {
                  setChosen(next);
                  setValues([]);
                }}
              />
            </div>
            {template.variables.map((variable, index) => (
              <Field key={variable} label={i18n._("Value for {variable}", { variable: `{{${variable}}}` })}>
                <TextInput
                  value={values[index] ?? ""}
                  maxLength={1_024}
                  onChange={(event) => setValues(given.with(index, event.target.value))}
                />
              </Field>
            ))}
            <div>
              <p className="mb-1 text-[0.8125rem] font-medium">{i18n._("The customer reads")}</p>
              <p
                dir="auto"
                className="rounded-xl bg-accent-soft px-3 py-2 [overflow-wrap:anywhere] whitespace-pre-wrap"
              >
                {filledIn(template, values)}
              </p>
            </div>
          </>
        )}
        {trouble !== null && (
          <p role="alert" className="font-medium text-bad">
            {failureText(trouble)}
          </p>
        )}
      </form>
    </Dialog>
  );
}
