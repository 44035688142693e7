import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { i18n } from "@lingui/core";
import { MailCheck } from "lucide-react";
import { useState, type FormEvent } from "react";

import { api, body } from "@/api/client";
import { Field, TextInput } from "@/ui/Field";

import { Frame } from "./Frame";
import { beside, otherwise } from "./problems";
import { Submit } from "./Submit";
import { Trouble } from "./Trouble";

/** /forgot-password: asks for a link. The answer is the same whether or not the address is known. */
export function ForgotPasswordPage() {
  const [email, setEmail] = useState("");
  const ask = useMutation({
    mutationFn: () => body(api.POST("/v1/password-resets", { body: { email: email.trim() } })),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    ask.mutate();
  };
  return (
    <Frame
      title={ask.isSuccess ? i18n._("Check your email") : i18n._("Forgot your password?")}
      {...(!ask.isSuccess && { intro: i18n._("We send you a link with which you set a new one.") })}
      foot={
        <Link to="/sign-in" className="font-medium text-accent-ink underline underline-offset-2">
          {i18n._("Back to sign in")}
        </Link>
      }
    >
      {ask.isSuccess ? (
        <div role="status" className="flex flex-col items-center gap-3 text-center">
          <MailCheck size={28} aria-hidden="true" className="text-mine" />
          <p>
            {i18n._(
              "If {email} belongs to a member, a link is on its way. It works for a short time, once.",
              { email },
            )}
          </p>
          <AdminHint />
        </div>
      ) : (
        <form onSubmit={submit} className="space-y-4">
          <Field label={i18n._("Email")} error={beside(ask.error, "email")}>
            <TextInput
              type="email"
              autoComplete="username"
              required
              value={email}
              onChange={(event) => setEmail(event.target.value)}
            />
          </Field>
          <Trouble text={otherwise(ask.error, ["email"])} />
          <Submit label={i18n._("Send the link")} busy={i18n._("Sending…")} isBusy={ask.isPending} />
          <AdminHint />
        </form>
      )}
    </Frame>
  );
}

function AdminHint() {
  return (
    <p className="text-[0.8125rem] text-quiet">
      {i18n._(
        "No email arrives? Where Dibs sends none, an admin makes you a link at Settings > Team > Members.",
      )}
    </p>
  );
}
