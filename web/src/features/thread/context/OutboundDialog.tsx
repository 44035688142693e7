import { i18n } from "@lingui/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState, type FormEvent } from "react";

import { api, body, newKey } from "@/api/client";
import { channelsQuery } from "@/api/queries";
import type { Channel, Contact } from "@/api/types";
import { put } from "@/realtime/store";
import { Button } from "@/ui/Button";
import { channelName } from "@/ui/channels";
import { Dialog } from "@/ui/Dialog";
import { messageFor } from "@/ui/draft";
import { failureText } from "@/ui/Failed";
import { Field, TextArea, TextInput } from "@/ui/Field";
import { Select } from "@/ui/Select";
import { say } from "@/ui/status";

const FORM = "outbound";
const LONGEST = 4_000;

/** Writes to a customer first: the conversation is claimed by whoever writes. */
export function OutboundDialog({ contact, close }: { contact: Contact; close: () => void }) {
  const navigate = useNavigate();
  const { data: channels = [] } = useQuery(channelsQuery);
  const ways = waysTo(contact, channels);
  const [chosen, setChosen] = useState<string>();
  const [subject, setSubject] = useState("");
  const [text, setText] = useState("");
  const [key] = useState(newKey);
  const way = ways.find((each) => each.value === chosen) ?? ways[0];
  const begin = useMutation({
    mutationFn: () =>
      body(
        api.POST("/v1/conversations", {
          params: { header: { "Idempotency-Key": key } },
          body: {
            direction: "outbound",
            contact: contact.id,
            channel: way?.channel ?? "api",
            ...(way?.id !== undefined && { channel_id: way.id }),
            ...(way?.channel === "email" && subject.trim() !== "" && { subject: subject.trim() }),
            text: text.trim(),
            tags: [],
            attachments: [],
          },
        }),
      ),
    onSuccess: async (made) => {
      put(made);
      say(i18n._("Sent. The conversation is yours."), { tone: "good" });
      close();
      await navigate({
        to: "/inbox/$view/$conversationId",
        params: { view: "mine", conversationId: made.id },
      });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    begin.mutate();
  };
  const beside = messageFor(begin.error, "text");
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && close()}
      title={i18n._("New conversation with {name}", { name: contact.name ?? i18n._("Unnamed customer") })}
      description={i18n._("It is claimed by you; pools and your limit count as always.")}
      footer={
        <>
          <Button onClick={close}>{i18n._("Cancel")}</Button>
          <Button
            type="submit"
            form={FORM}
            look="primary"
            disabled={begin.isPending || text.trim() === "" || way === undefined}
          >
            {begin.isPending ? i18n._("Sending…") : i18n._("Send")}
          </Button>
        </>
      }
    >
      <form id={FORM} onSubmit={submit} className="space-y-4">
        {ways.length > 1 && (
          <div className="flex flex-col gap-1">
            <span className="text-[0.8125rem] font-medium">{i18n._("By")}</span>
            <Select
              label={i18n._("Channel")}
              value={way?.value ?? ""}
              options={ways.map(({ value, label }) => ({ value, label }))}
              onChange={setChosen}
            />
          </div>
        )}
        {way?.channel === "email" && (
          <Field label={i18n._("Subject")}>
            <TextInput value={subject} maxLength={300} onChange={(event) => setSubject(event.target.value)} />
          </Field>
        )}
        <Field label={i18n._("Message")} error={beside}>
          <TextArea
            rows={6}
            dir="auto"
            value={text}
            maxLength={LONGEST}
            onChange={(event) => setText(event.target.value)}
          />
        </Field>
        {begin.error && beside === undefined && (
          <p role="alert" className="font-medium text-bad">
            {failureText(begin.error)}
          </p>
        )}
      </form>
    </Dialog>
  );
}

/** By what the customer can be reached now. WhatsApp takes no free text from us first, a widget only answers. */
function waysTo({ email }: Contact, channels: readonly Channel[]) {
  const mail = channels
    .filter(({ kind, active }) => kind === "email" && active && email !== null)
    .map(({ id, name }) => ({ value: id, label: name, channel: "email" as const, id }));
  return [...mail, { value: "api", label: channelName("api"), channel: "api" as const, id: undefined }];
}
