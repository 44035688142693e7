import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { i18n } from "@lingui/core";
import { useState, type FormEvent } from "react";

import { api, body } from "@/api/client";
import type { components } from "@/api/schema";
import type { Preferences } from "@/api/types";
import type { Locale } from "@/i18n";
import { Field, TextInput } from "@/ui/Field";
import { Bar, Late } from "@/ui/Skeleton";
import { fullMoment } from "@/ui/time";

import { Frame } from "./Frame";
import { Password } from "./Password";
import { beside, otherwise } from "./problems";
import { Submit } from "./Submit";
import { Trouble } from "./Trouble";
import { useToken } from "./useToken";

type Invitation = components["schemas"]["OpenInvitation"];

/** /join#token: somebody who was invited becomes a member. */
export function JoinPage() {
  const token = useToken();
  const { data: invitation, error } = useQuery({
    queryKey: ["invitation", token],
    queryFn: () => body(api.GET("/v1/invitations/by-token/{token}", { params: { path: { token } } })),
    enabled: token !== "",
    staleTime: Infinity,
  });
  if (invitation !== undefined) return <Join token={token} invitation={invitation} />;
  const isBroken = token === "" || error !== null;
  return (
    <Frame
      title={isBroken ? i18n._("This invitation does not work") : i18n._("Your invitation")}
      foot={
        <Link to="/sign-in" className="font-medium text-accent-ink underline underline-offset-2">
          {i18n._("Sign in instead")}
        </Link>
      }
    >
      {isBroken ? (
        <p className="text-center text-quiet" role="alert">
          {token === ""
            ? i18n._("Open the whole link that you were given, up to its last character.")
            : otherwise(error)}
        </p>
      ) : (
        <Late>
          <div className="space-y-3">
            <Bar />
            <Bar className="h-9" />
            <Bar className="h-9" />
          </div>
        </Late>
      )}
    </Frame>
  );
}

function Join({ token, invitation }: { token: string; invitation: Invitation }) {
  const [name, setName] = useState(invitation.name ?? "");
  const [password, setPassword] = useState("");
  const join = useMutation({
    mutationFn: async () => {
      await body(api.POST("/v1/invitations/accept", { body: { token, name: name.trim(), password } }));
      // They have just read this page in a language that they chose: the app goes on in it.
      const preferences = { locale: i18n.locale as Locale } as Preferences;
      await api.PATCH("/v1/agents/me/preferences", { body: preferences }).catch(() => undefined);
    },
    onSuccess: () => location.assign("/"),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    join.mutate();
  };
  return (
    <Frame
      title={i18n._("Join {workspace}", { workspace: invitation.workspace })}
      intro={i18n._("You were invited as {email}. The link works until {when}.", {
        email: invitation.email,
        when: fullMoment(invitation.expires_at),
      })}
    >
      <form onSubmit={submit} className="space-y-4">
        <input type="email" autoComplete="username" value={invitation.email} readOnly hidden />
        <Field
          label={i18n._("Your name")}
          hint={i18n._("As your teammates see it.")}
          error={beside(join.error, "name")}
        >
          <TextInput
            required
            autoComplete="name"
            maxLength={100}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
        <Password
          isNew
          label={i18n._("Choose a password")}
          value={password}
          onChange={setPassword}
          error={beside(join.error, "password")}
        />
        <Trouble text={otherwise(join.error, ["name", "password"])} />
        <Submit label={i18n._("Join")} busy={i18n._("Joining…")} isBusy={join.isPending || join.isSuccess} />
      </form>
    </Frame>
  );
}
