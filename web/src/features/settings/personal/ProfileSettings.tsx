import { useMutation, useQueryClient } from "@tanstack/react-query";
import { i18n } from "@lingui/core";

import { api, body } from "@/api/client";
import { meQuery } from "@/api/queries";
import { Badge } from "@/ui/Badge";
import { Field, TextInput } from "@/ui/Field";

import { Card, Row, Rows } from "../parts/Card";
import { Effect } from "../parts/Effect";
import { languageName } from "@/ui/languages";
import { Page } from "../parts/Page";
import { roleName } from "../parts/roles";
import { SaveBar } from "@/ui/SaveBar";
import { useDraft } from "@/ui/useDraft";
import { useMe } from "../queries";
import { Appearance } from "./Appearance";
import { PasswordCard } from "./PasswordCard";
import { SessionsCard } from "./SessionsCard";

/** Settings > Profile: who I am, how I see the app, where I am signed in. */
export function ProfileSettings() {
  const { agent } = useMe();
  const client = useQueryClient();
  const rename = useMutation({
    mutationFn: (changes: { name?: string }) =>
      body(
        api.PATCH("/v1/agents/{agent_id}", {
          params: { path: { agent_id: agent.id } },
          body: changes as never,
        }),
      ),
    onSuccess: (changed) => {
      client.setQueryData(meQuery.queryKey, (me) => (me === undefined ? me : { ...me, agent: changed }));
      void client.invalidateQueries({ queryKey: ["agents"] });
    },
  });
  const draft = useDraft({ name: agent.name }, (changes) => rename.mutateAsync(changes));
  return (
    <Page title={i18n._("Profile")} intro={i18n._("Who your teammates see, and how you see Dibs.")}>
      <Card
        title={i18n._("You")}
        foot={<Effect when={i18n._("A new name shows at once, in every open window.")} />}
      >
        <div className="grid gap-4 pb-2 sm:grid-cols-2">
          <Field label={i18n._("Name")} error={draft.errorOf("name")}>
            <TextInput
              value={draft.value.name}
              autoComplete="name"
              maxLength={100}
              onChange={(event) => draft.set("name", event.target.value)}
            />
          </Field>
          <Field label={i18n._("Email")} hint={i18n._("You sign in with it; it stays as it is.")}>
            <TextInput value={agent.email} readOnly disabled />
          </Field>
        </div>
        <Rows>
          <Row label={i18n._("Role")} hint={i18n._("An admin changes role, skills and languages.")}>
            <Badge tone="accent">{roleName(agent.role)}</Badge>
          </Row>
          <Row label={i18n._("Skills")} hint={i18n._("Pools and routing go by them.")}>
            <Chips words={agent.skills} />
          </Row>
          <Row label={i18n._("Languages")} hint={i18n._("In which you answer customers.")}>
            <Chips words={agent.languages.map(languageName)} />
          </Row>
        </Rows>
      </Card>
      <Appearance />
      <PasswordCard />
      <SessionsCard />
      <SaveBar draft={draft} disabled={draft.value.name.trim() === ""} />
    </Page>
  );
}

function Chips({ words }: { words: readonly string[] }) {
  if (words.length === 0) return <span className="text-quiet">{i18n._("None")}</span>;
  return (
    <ul className="flex flex-wrap gap-1">
      {words.map((word) => (
        <li key={word}>
          <Badge>{word}</Badge>
        </li>
      ))}
    </ul>
  );
}
