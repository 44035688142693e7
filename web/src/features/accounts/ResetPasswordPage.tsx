import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { i18n } from "@lingui/core";
import { CircleCheck } from "lucide-react";
import { useState, type FormEvent } from "react";

import { api, body } from "@/api/client";

import { Frame } from "./Frame";
import { Password } from "./Password";
import { beside, otherwise } from "./problems";
import { Submit } from "./Submit";
import { Trouble } from "./Trouble";
import { useToken } from "./useToken";

/** /reset-password#token: sets a new password; all sessions end with it. */
export function ResetPasswordPage() {
  const token = useToken();
  const [password, setPassword] = useState("");
  const reset = useMutation({
    mutationFn: () =>
      body(api.POST("/v1/password-resets/{token}", { params: { path: { token } }, body: { password } })),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    reset.mutate();
  };
  const link = "font-medium text-accent-ink underline underline-offset-2";
  if (token === "") {
    return (
      <Frame
        title={i18n._("This link does not work")}
        foot={
          <Link to="/forgot-password" className={link}>
            {i18n._("Ask for a new one")}
          </Link>
        }
      >
        <p className="text-center text-quiet">
          {i18n._("Open the whole link that you were given, up to its last character.")}
        </p>
      </Frame>
    );
  }
  if (reset.data !== undefined) {
    return (
      <Frame title={i18n._("Your new password is set")}>
        <div role="status" className="flex flex-col items-center gap-4 text-center">
          <CircleCheck size={28} aria-hidden="true" className="text-mine" />
          <p>
            {i18n._("Sign in as {email} with it. Every other session has ended.", {
              email: reset.data.email,
            })}
          </p>
          <Link
            to="/sign-in"
            className="inline-flex h-10 w-full items-center justify-center rounded-lg bg-accent text-sm font-medium text-on-accent hover:bg-accent-hover"
          >
            {i18n._("Sign in")}
          </Link>
        </div>
      </Frame>
    );
  }
  return (
    <Frame
      title={i18n._("Set a new password")}
      foot={
        <Link to="/forgot-password" className={link}>
          {i18n._("Ask for another link")}
        </Link>
      }
    >
      <form onSubmit={submit} className="space-y-4">
        <Password
          isNew
          label={i18n._("New password")}
          value={password}
          onChange={setPassword}
          error={beside(reset.error, "password")}
        />
        <Trouble text={otherwise(reset.error, ["password"])} />
        <Submit label={i18n._("Set the password")} busy={i18n._("Saving…")} isBusy={reset.isPending} />
      </form>
    </Frame>
  );
}
