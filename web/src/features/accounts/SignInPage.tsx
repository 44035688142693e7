import { useMutation, useQuery } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import { i18n } from "@lingui/core";
import { useState, type FormEvent } from "react";

import { api, body } from "@/api/client";
import { Problem } from "@/api/problem";
import type { Named } from "@/api/types";
import { Field, TextInput } from "@/ui/Field";

import { safeBack } from "./back";
import { firstRunQuery } from "./firstRun";
import { Frame } from "./Frame";
import { Password } from "./Password";
import { beside, otherwise } from "./problems";
import { Submit } from "./Submit";
import { Trouble } from "./Trouble";
import { WorkspaceChoice } from "./WorkspaceChoice";

const FIELDS = ["email", "password", "workspace"];

/** /sign-in: address and password, and the workspace for those who are in several. */
export function SignInPage() {
  const { back } = useSearch({ from: "/sign-in" });
  const { data: firstRun } = useQuery(firstRunQuery);
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [workspace, setWorkspace] = useState<string | null>(null);
  const signIn = useMutation({
    mutationFn: () => body(api.POST("/v1/sessions", { body: { email: email.trim(), password, workspace } })),
    // A fresh page: nothing of whoever was signed in before stays in memory.
    onSuccess: () => location.assign(safeBack(back)),
  });
  const choice = workspacesOf(signIn.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate();
  };
  const { error } = signIn;
  return (
    <Frame
      title={i18n._("Sign in to Dibs")}
      {...(back !== undefined && { intro: i18n._("You come back to where you were, with your drafts.") })}
      foot={firstRun?.needed === true && <FirstRunLink />}
    >
      <form onSubmit={submit} className="space-y-4">
        <Field label={i18n._("Email")} error={beside(error, "email")}>
          <TextInput
            type="email"
            autoComplete="username"
            required
            // The page is this form.
            // eslint-disable-next-line jsx-a11y/no-autofocus
            autoFocus
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        </Field>
        <Password
          label={i18n._("Password")}
          value={password}
          onChange={setPassword}
          error={beside(error, "password")}
        />
        {choice !== null && <WorkspaceChoice workspaces={choice} value={workspace} onChange={setWorkspace} />}
        <Trouble text={choice === null ? otherwise(error, FIELDS) : undefined} />
        <Submit
          label={i18n._("Sign in")}
          busy={i18n._("Signing in…")}
          isBusy={signIn.isPending || signIn.isSuccess}
        />
        <p className="text-center text-[0.8125rem]">
          <Link
            to="/forgot-password"
            className="font-medium text-accent-ink underline-offset-2 hover:underline"
          >
            {i18n._("Forgot your password?")}
          </Link>
        </p>
      </form>
    </Frame>
  );
}

function FirstRunLink() {
  return (
    <>
      {i18n._("Nobody has set up this installation yet.")}{" "}
      <Link to="/welcome" className="font-medium text-accent-ink underline underline-offset-2">
        {i18n._("Set it up")}
      </Link>
    </>
  );
}

/** The workspaces to choose from, when the server asks for one. */
function workspacesOf(error: unknown): Named[] | null {
  if (!(error instanceof Problem)) return null;
  const { workspaces } = error.members as { workspaces?: Named[] };
  return workspaces ?? null;
}
