import { useMutation, useQueryClient } from "@tanstack/react-query";
import { i18n } from "@lingui/core";
import { useState, type FormEvent } from "react";

import { api, body } from "@/api/client";
import { Button } from "@/ui/Button";
import { Field, TextInput } from "@/ui/Field";
import { say } from "@/ui/status";

import { Card } from "../parts/Card";
import { messageFor } from "@/ui/draft";
import { Effect } from "../parts/Effect";
import { sessionsQuery, sentence } from "../queries";

const SHORTEST = 8;

/** Changes one's own password; every other session ends with it. */
export function PasswordCard() {
  const client = useQueryClient();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const change = useMutation({
    mutationFn: () => body(api.POST("/v1/agents/me/password", { body: { current, new: next } })),
    onSuccess: () => {
      setCurrent("");
      setNext("");
      say(i18n._("Password changed. Your other sessions have ended."), { tone: "good" });
      void client.invalidateQueries({ queryKey: sessionsQuery.queryKey });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate();
  };
  const beside = [messageFor(change.error, "current"), messageFor(change.error, "new")];
  const elsewhere = beside.some(Boolean) ? undefined : sentence(change.error);
  return (
    <Card
      title={i18n._("Password")}
      foot={<Effect when={i18n._("Takes effect at once. Everywhere else you have to sign in again.")} />}
    >
      <form onSubmit={submit} className="grid items-start gap-4 sm:grid-cols-2">
        <Field label={i18n._("Current password")} error={beside[0] ?? elsewhere}>
          <TextInput
            type="password"
            autoComplete="current-password"
            required
            value={current}
            onChange={(event) => setCurrent(event.target.value)}
          />
        </Field>
        <Field label={i18n._("New password")} hint={i18n._("At least 8 characters.")} error={beside[1]}>
          <TextInput
            type="password"
            autoComplete="new-password"
            required
            minLength={SHORTEST}
            value={next}
            onChange={(event) => setNext(event.target.value)}
          />
        </Field>
        <div className="sm:col-span-2">
          <Button type="submit" disabled={change.isPending || current === "" || next.length < SHORTEST}>
            {i18n._("Change password")}
          </Button>
        </div>
      </form>
    </Card>
  );
}
