import { i18n } from "@lingui/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { api, body } from "@/api/client";
import type { WorkspaceSettings } from "@/api/types";
import { Button } from "@/ui/Button";
import { messageFor } from "@/ui/draft";
import { Field, TextArea, TextInput } from "@/ui/Field";
import { say } from "@/ui/status";

import { Amount } from "../parts/Amount";
import { Row } from "../parts/Card";
import { botQuery, sentence } from "../queries";

type Bot = WorkspaceSettings["bot"];

/** A chat endpoint: where it is, which model, what it is told, and its key, which is never shown. */
export function Endpoint({
  bot,
  set,
  isReadOnly,
}: {
  bot: Bot;
  set: (changes: Partial<Bot>) => void;
  isReadOnly: boolean;
}) {
  return (
    <div className="space-y-4">
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={i18n._("Address")} hint={i18n._("Up to /v1, without /chat/completions.")}>
          <TextInput
            type="url"
            value={bot.base_url}
            maxLength={500}
            disabled={isReadOnly}
            placeholder="https://models.example.com/v1"
            onChange={(event) => set({ base_url: event.target.value })}
          />
        </Field>
        <Field label={i18n._("Model")} hint={i18n._("By the endpoint's own name.")}>
          <TextInput
            value={bot.model}
            maxLength={200}
            disabled={isReadOnly}
            spellCheck={false}
            onChange={(event) => set({ model: event.target.value })}
          />
        </Field>
      </div>
      {!isReadOnly && <Key />}
      <Field
        label={i18n._("Instructions")}
        hint={i18n._("Tone and rules, in your words. What customers write never changes them.")}
      >
        <TextArea
          value={bot.instructions}
          maxLength={4_000}
          disabled={isReadOnly}
          onChange={(event) => set({ instructions: event.target.value })}
        />
      </Field>
      <Row label={i18n._("Longest answer")} labelFor="max-tokens" hint={i18n._("In the model's own units.")}>
        <Amount
          id="max-tokens"
          value={bot.max_tokens}
          min={16}
          max={4_000}
          unit={i18n._("tokens")}
          disabled={isReadOnly}
          onChange={(max_tokens) => set({ max_tokens })}
        />
      </Row>
    </div>
  );
}

/** Stored apart from everything else, and at once; it can be replaced and never read. */
function Key() {
  const client = useQueryClient();
  const { data: state } = useQuery(botQuery);
  const [key, setKey] = useState("");
  const store = useMutation({
    mutationFn: (next: string | null) =>
      body(next === null ? api.DELETE("/v1/bot/key") : api.PUT("/v1/bot/key", { body: { key: next } })),
    onSuccess: async () => {
      setKey("");
      await client.invalidateQueries({ queryKey: botQuery.queryKey });
      say(i18n._("Saved"), { tone: "good" });
    },
  });
  const isSet = state?.key_set ?? false;
  return (
    <Field
      label={i18n._("API key")}
      hint={
        isSet
          ? i18n._("A key is set. It is never shown again.")
          : i18n._("Stored sealed; it is never shown again.")
      }
      error={messageFor(store.error, "key") ?? sentence(store.error)}
    >
      <span className="flex flex-wrap gap-2">
        <TextInput
          type="password"
          value={key}
          autoComplete="new-password"
          spellCheck={false}
          placeholder={isSet ? i18n._("Type to replace it") : ""}
          onChange={(event) => setKey(event.target.value)}
          className="min-w-0 flex-1 basis-56"
        />
        <Button
          className="h-9"
          disabled={key.trim() === "" || store.isPending}
          onClick={() => store.mutate(key.trim())}
        >
          {i18n._("Store the key")}
        </Button>
        {isSet && (
          <Button look="quiet" className="h-9" disabled={store.isPending} onClick={() => store.mutate(null)}>
            {i18n._("Forget it")}
          </Button>
        )}
      </span>
    </Field>
  );
}
