import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { i18n } from "@lingui/core";
import { useState, type FormEvent } from "react";

import { api, body } from "@/api/client";
import { agentsQuery } from "@/api/queries";
import { Button } from "@/ui/Button";
import { Checkbox } from "@/ui/Checkbox";
import { Dialog } from "@/ui/Dialog";
import { Field, TextInput } from "@/ui/Field";
import { Select } from "@/ui/Select";

import { messageFor } from "@/ui/draft";
import { Labelled } from "../parts/Labelled";
import { mayManage } from "../parts/roles";
import { Secret } from "../parts/Secret";
import { sentence, useIsAdmin, useMe } from "../queries";
import { scopeHint, scopesFor, type Scope } from "./scopes";

const FORM = "new-key";

/** Makes a key and shows it, once. */
export function NewKeyDialog({ onClose }: { onClose: () => void }) {
  const me = useMe();
  const isAdmin = useIsAdmin();
  const client = useQueryClient();
  const { data: agents = [] } = useQuery(agentsQuery);
  const [name, setName] = useState("");
  const [agentId, setAgentId] = useState(me.agent.id);
  const [wanted, setWanted] = useState<readonly Scope[]>(["conversations:read", "conversations:write"]);
  const able = agents.filter(
    (agent) =>
      agent.active && (agent.id === me.agent.id || (isAdmin && mayManage(me.role, agent.role, false))),
  );
  const role = able.find((agent) => agent.id === agentId)?.role ?? me.role;
  const possible = scopesFor(role);
  const scopes = possible.filter((scope) => wanted.includes(scope));
  const make = useMutation({
    mutationFn: () =>
      body(api.POST("/v1/api-keys", { body: { name: name.trim(), scopes, agent_id: agentId } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ["api-keys"] }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    make.mutate();
  };
  const beside = ["name", "scopes", "agent_id"].map((field) => messageFor(make.error, field));
  const toggle = (scope: Scope, isOn: boolean) =>
    setWanted(isOn ? [...wanted, scope] : wanted.filter((each) => each !== scope));
  const isMade = make.data !== undefined;
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={make.data?.name ?? i18n._("New API key")}
      footer={
        isMade ? (
          <Button look="primary" onClick={onClose}>
            {i18n._("Done")}
          </Button>
        ) : (
          <>
            <Button onClick={onClose}>{i18n._("Cancel")}</Button>
            <Button
              type="submit"
              form={FORM}
              look="primary"
              disabled={make.isPending || scopes.length === 0 || name.trim() === ""}
            >
              {i18n._("Make the key")}
            </Button>
          </>
        )
      }
    >
      {isMade ? (
        <Secret
          label={i18n._("API key")}
          text={make.data.key}
          hint={i18n._(
            "Shown only now: Dibs keeps nothing it could show again. Store it as you store passwords.",
          )}
        />
      ) : (
        <form id={FORM} onSubmit={submit} className="space-y-4">
          <Field
            label={i18n._("Name")}
            hint={i18n._("What uses it, so that you know later.")}
            error={beside[0]}
          >
            <TextInput
              required
              value={name}
              maxLength={100}
              onChange={(event) => setName(event.target.value)}
            />
          </Field>
          {isAdmin && (
            <Labelled
              label={i18n._("Acts as")}
              hint={i18n._("Everything it does is recorded under this name.")}
              error={beside[2]}
            >
              <Select
                label={i18n._("Acts as")}
                value={agentId}
                onChange={setAgentId}
                options={able.map((agent) => ({ value: agent.id, label: agent.name }))}
                className="w-full"
              />
            </Labelled>
          )}
          <Labelled label={i18n._("Scopes")} error={beside[1]}>
            <ul className="divide-y divide-line rounded-xl border border-line">
              {possible.map((scope) => (
                <li key={scope} className="flex items-center gap-3 px-3 py-2">
                  <Checkbox
                    label={scope}
                    checked={scopes.includes(scope)}
                    onChange={(isOn) => toggle(scope, isOn)}
                  />
                  <span className="min-w-0">
                    <span className="block font-mono text-xs font-medium">{scope}</span>
                    <span className="block text-xs text-quiet">{scopeHint(scope)}</span>
                  </span>
                </li>
              ))}
            </ul>
          </Labelled>
          {make.error && !beside.some(Boolean) && (
            <p role="alert" className="font-medium text-bad">
              {sentence(make.error) ?? i18n._("The server could not be reached. Try again.")}
            </p>
          )}
        </form>
      )}
    </Dialog>
  );
}
