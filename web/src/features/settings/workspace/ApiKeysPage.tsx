import { useQuery, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { i18n } from "@lingui/core";
import { KeyRound, Plus } from "lucide-react";
import { useState } from "react";

import { api, body } from "@/api/client";
import { agentsQuery } from "@/api/queries";
import type { components } from "@/api/schema";
import { Badge } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { say } from "@/ui/status";
import { moment } from "@/ui/time";

import { Card } from "../parts/Card";
import { Confirm } from "@/ui/Confirm";
import { Effect } from "../parts/Effect";
import { Page } from "../parts/Page";
import { keysQuery, useIsAdmin, useMe } from "../queries";
import { NewKeyDialog } from "./NewKeyDialog";

type ApiKey = components["schemas"]["ApiKey"];

/** Workspace Settings > API keys: everybody's for admins, one's own for the rest. */
export function ApiKeysPage() {
  const me = useMe();
  const isAdmin = useIsAdmin();
  const client = useQueryClient();
  const { data: keys } = useSuspenseQuery(keysQuery(isAdmin ? "all" : "me"));
  const { data: agents = [] } = useQuery(agentsQuery);
  const [isMaking, setMaking] = useState(false);
  const [doomed, setDoomed] = useState<ApiKey | null>(null);
  const nameOf = (id: string) => agents.find((agent) => agent.id === id)?.name ?? i18n._("A former member");
  const revoke = async (key: ApiKey) => {
    await body(api.DELETE("/v1/api-keys/{key_id}", { params: { path: { key_id: key.id } } }));
    say(i18n._("{name} is revoked", { name: key.name }));
    await client.invalidateQueries({ queryKey: ["api-keys"] });
  };
  const make = (
    <Button look="primary" icon={<Plus size={15} />} onClick={() => setMaking(true)}>
      {i18n._("New API key")}
    </Button>
  );
  return (
    <Page
      title={i18n._("API keys")}
      intro={
        isAdmin
          ? i18n._(
              "Programs act with a key as its agent: never more than the agent's role, pools and limit allow.",
            )
          : i18n._(
              "Programs act with a key as you: never more than your role, pools and limit allow. You see your own keys.",
            )
      }
      actions={keys.length > 0 && make}
    >
      {keys.length === 0 ? (
        <Card>
          <EmptyState icon={<KeyRound size={20} />} title={i18n._("No API keys")}>
            <p>{i18n._("Make one to connect a program, a bot or a script.")}</p>
            {make}
          </EmptyState>
        </Card>
      ) : (
        <Card foot={<Effect when={i18n._("A revoked key's next request is refused.")} />}>
          <ul className="-my-3 divide-y divide-line">
            {keys.map((key) => (
              <li key={key.id} className="flex flex-wrap items-start gap-x-3 gap-y-2 py-3.5">
                <div className="min-w-0 flex-1 basis-64">
                  <p className="flex flex-wrap items-center gap-2">
                    <span className="font-medium">{key.name}</span>
                    <code className="rounded bg-free-soft px-1.5 py-0.5 font-mono text-xs text-free">
                      {key.hint}…
                    </code>
                  </p>
                  <p className="mt-0.5 text-[0.8125rem] text-quiet">
                    {key.agent_id === me.agent.id
                      ? i18n._("Acts as you, since {when}", { when: moment(key.created_at) })
                      : i18n._("Acts as {name}, since {when}", {
                          name: nameOf(key.agent_id),
                          when: moment(key.created_at),
                        })}
                  </p>
                  <ul className="mt-1.5 flex flex-wrap gap-1" aria-label={i18n._("Scopes")}>
                    {key.scopes.map((scope) => (
                      <li key={scope}>
                        <Badge tone={scope === "admin" ? "warn" : "plain"}>{scope}</Badge>
                      </li>
                    ))}
                  </ul>
                </div>
                <Button
                  small
                  aria-label={i18n._("Revoke {name}, {hint}", { name: key.name, hint: key.hint })}
                  onClick={() => setDoomed(key)}
                >
                  {i18n._("Revoke")}
                </Button>
              </li>
            ))}
          </ul>
        </Card>
      )}
      {isMaking && <NewKeyDialog onClose={() => setMaking(false)} />}
      <Confirm
        open={doomed !== null}
        onClose={() => setDoomed(null)}
        title={i18n._("Revoke {name}?", { name: doomed?.name ?? "" })}
        text={i18n._(
          "Programs that use it are refused from their next request on. It cannot be brought back.",
        )}
        action={i18n._("Revoke")}
        onConfirm={() => doomed !== null && revoke(doomed)}
      />
    </Page>
  );
}
