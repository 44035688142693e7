import { useMutation, useQueryClient } from "@tanstack/react-query";
import { i18n } from "@lingui/core";
import { useRef, useState } from "react";

import { api, body } from "@/api/client";
import { cannedRepliesQuery } from "@/api/queries";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Field, TextArea, TextInput } from "@/ui/Field";
import { say } from "@/ui/status";

import { messageFor } from "@/ui/draft";
import { sentence } from "../queries";
import type { CannedReply } from "./cannedReply";
import { shortcutFrom, VARIABLES, withVariable } from "./cannedReply";

const LONGEST = 4_000;

/** Writes a canned reply (`reply` is null) or changes one. */
export function CannedReplyDialog({ reply, onClose }: { reply: CannedReply | null; onClose: () => void }) {
  const client = useQueryClient();
  const box = useRef<HTMLTextAreaElement>(null);
  const [title, setTitle] = useState(reply?.title ?? "");
  const [text, setText] = useState(reply?.text ?? "");
  const [typed, setTyped] = useState(reply?.shortcut ?? null);
  const shortcut = typed ?? (reply === null ? shortcutFrom(title) : "");
  const save = useMutation({
    mutationFn: () => {
      const wanted = { title: title.trim(), text, shortcut: shortcut === "" ? null : shortcut };
      if (reply === null) return body(api.POST("/v1/canned-replies", { body: wanted }));
      const params = { path: { reply_id: reply.id } };
      return body(api.PATCH("/v1/canned-replies/{reply_id}", { params, body: wanted }));
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: cannedRepliesQuery.queryKey });
      say(i18n._("Saved"), { tone: "good" });
      onClose();
    },
  });
  const insert = (name: string) => {
    const caret = box.current?.selectionStart ?? text.length;
    setText(withVariable(text, caret, name));
    box.current?.focus();
  };
  const isBeside = ["title", "text", "shortcut"].some((field) => messageFor(save.error, field) !== undefined);
  const isWhole = title.trim() !== "" && text.trim() !== "";
  return (
    <Dialog
      open
      wide
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={reply === null ? i18n._("New canned reply") : i18n._("Edit {title}", { title: reply.title })}
      footer={
        <>
          <Button onClick={onClose}>{i18n._("Cancel")}</Button>
          <Button look="primary" disabled={save.isPending || !isWhole} onClick={() => save.mutate()}>
            {i18n._("Save")}
          </Button>
        </>
      }
    >
      <div className="space-y-4">
        <div className="grid gap-4 sm:grid-cols-[2fr_1fr]">
          <Field label={i18n._("Title")} error={messageFor(save.error, "title")}>
            <TextInput value={title} maxLength={200} onChange={(event) => setTitle(event.target.value)} />
          </Field>
          <Field
            label={i18n._("Shortcut")}
            hint={
              shortcut === ""
                ? i18n._("Letters, digits, - and _")
                : i18n._("Typed as /{shortcut}", { shortcut })
            }
            error={messageFor(save.error, "shortcut")}
          >
            <TextInput value={shortcut} maxLength={40} onChange={(event) => setTyped(event.target.value)} />
          </Field>
        </div>
        <Field
          label={i18n._("Text")}
          hint={i18n._("{left} characters left", { left: LONGEST - text.length })}
          error={messageFor(save.error, "text")}
        >
          <TextArea
            ref={box}
            rows={8}
            value={text}
            maxLength={LONGEST}
            onChange={(event) => setText(event.target.value)}
          />
        </Field>
        <div className="rounded-xl bg-sunken px-3 py-2.5 text-[0.8125rem]">
          <p className="font-medium">{i18n._("Variables")}</p>
          <p className="text-quiet">
            {i18n._("Filled in when the reply is inserted; you read it before you send.")}
          </p>
          <ul className="mt-2 flex flex-wrap gap-2">
            {VARIABLES.map((name) => (
              <li key={name} className="flex items-center gap-1.5">
                <Button
                  small
                  className="font-mono"
                  aria-label={i18n._("Insert {variable}", { variable: `{{${name}}}` })}
                  onClick={() => insert(name)}
                >
                  {`{{${name}}}`}
                </Button>
                <span className="text-quiet">{meaning(name)}</span>
              </li>
            ))}
          </ul>
        </div>
        {save.error && !isBeside && (
          <p role="alert" className="font-medium text-bad">
            {sentence(save.error) ??
              i18n._("The server could not be reached. Your text is kept here; try again.")}
          </p>
        )}
      </div>
    </Dialog>
  );
}

function meaning(name: (typeof VARIABLES)[number]): string {
  return { customer: i18n._("the customer's first name"), agent: i18n._("your first name") }[name];
}
