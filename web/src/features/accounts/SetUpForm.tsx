import { useMutation } from "@tanstack/react-query";
import { i18n } from "@lingui/core";
import { useState, type FormEvent } from "react";

import { api, body } from "@/api/client";
import type { Me } from "@/api/types";
import { Field, TextInput } from "@/ui/Field";
import { Switch } from "@/ui/Switch";

import { Frame } from "./Frame";
import { Password } from "./Password";
import { beside, otherwise } from "./problems";
import { Submit } from "./Submit";
import { Trouble } from "./Trouble";

const FIELDS = ["code", "workspace", "name", "email", "password", "sample_data"];

/** The workspace, its owner, and whether to fill it with sample data. */
export function SetUpForm({ code, onDone }: { code: string; onDone: (owner: Me) => void }) {
  const [wanted, setWanted] = useState({
    code,
    workspace: "",
    name: "",
    email: "",
    password: "",
    sample_data: true,
  });
  const set = (changes: Partial<typeof wanted>) => setWanted({ ...wanted, ...changes });
  const make = useMutation({
    mutationFn: () => body(api.POST("/v1/first-run", { body: wanted })),
    onSuccess: onDone,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    make.mutate();
  };
  const errorOf = (field: string) => beside(make.error, field);
  return (
    <Frame
      wide
      title={i18n._("Welcome to Dibs")}
      intro={i18n._("The shared inbox where everybody sees who answers. Set it up in a minute.")}
    >
      <form onSubmit={submit} className="space-y-4">
        {(code === "" || make.isError) && (
          <Field
            label={i18n._("Code")}
            hint={i18n._("The server printed it, in a link, when it started.")}
            error={errorOf("code")}
          >
            <TextInput
              required
              autoComplete="off"
              spellCheck={false}
              value={wanted.code}
              onChange={(event) => set({ code: event.target.value })}
            />
          </Field>
        )}
        <Field
          label={i18n._("Name of the workspace")}
          hint={i18n._("Your company or team, as customers know it.")}
          error={errorOf("workspace")}
        >
          <TextInput
            required
            autoComplete="organization"
            maxLength={100}
            value={wanted.workspace}
            onChange={(event) => set({ workspace: event.target.value })}
          />
        </Field>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={i18n._("Your name")} error={errorOf("name")}>
            <TextInput
              required
              autoComplete="name"
              maxLength={100}
              value={wanted.name}
              onChange={(event) => set({ name: event.target.value })}
            />
          </Field>
          <Field label={i18n._("Your email")} error={errorOf("email")}>
            <TextInput
              type="email"
              required
              autoComplete="username"
              value={wanted.email}
              onChange={(event) => set({ email: event.target.value })}
            />
          </Field>
        </div>
        <Password
          isNew
          label={i18n._("Choose a password")}
          value={wanted.password}
          onChange={(password) => set({ password })}
          error={errorOf("password")}
        />
        <div className="rounded-xl border border-line px-3.5 py-3">
          <Switch
            label={i18n._("Add sample data")}
            hint={i18n._(
              "Invented colleagues and some 300 conversations, so that every page has something to show.",
            )}
            checked={wanted.sample_data}
            onChange={(isOn) => set({ sample_data: isOn })}
          />
        </div>
        <Trouble text={otherwise(make.error, FIELDS)} />
        <Submit label={i18n._("Set up Dibs")} busy={i18n._("Setting up…")} isBusy={make.isPending} />
      </form>
    </Frame>
  );
}
