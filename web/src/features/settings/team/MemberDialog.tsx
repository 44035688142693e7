import { useQuery } from "@tanstack/react-query";
import { i18n } from "@lingui/core";
import { useState } from "react";

import { agentsQuery } from "@/api/queries";
import type { Agent } from "@/api/types";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Field, TextInput } from "@/ui/Field";
import { Select } from "@/ui/Select";
import { say } from "@/ui/status";

import { changed, messageFor } from "@/ui/draft";
import { Labelled } from "../parts/Labelled";
import { languageOptions } from "@/ui/languages";
import { mayManage, roleHint, roleName, ROLES, rolesToGive } from "../parts/roles";
import { Words } from "../parts/Words";
import { sentence, useMe } from "../queries";
import { useChangeMember, type MemberChanges } from "./members";

/** Changes a member's name, role, skills and languages. */
export function MemberDialog({ agent, onClose }: { agent: Agent; onClose: () => void }) {
  const me = useMe();
  const { data: agents = [] } = useQuery(agentsQuery);
  const change = useChangeMember(agent);
  const [edits, setEdits] = useState<MemberChanges>({});
  const { name, role, skills, languages } = { ...agent, ...edits };
  const set = (changes: MemberChanges) => setEdits({ ...edits, ...changes });
  const changes = changed<MemberChanges>(agent, edits);
  const isAllowed = mayManage(me.role, agent.role, agent.id === me.agent.id);
  const given = rolesToGive(me.role);
  const roles = ROLES.filter((each) => each === agent.role || given.includes(each));
  const known = [...new Set(agents.flatMap((each) => each.skills))].toSorted((a, b) => a.localeCompare(b));
  const fields = ["name", "role", "skills", "languages"];
  const isBeside = fields.some((field) => messageFor(change.error, field) !== undefined);
  const save = () =>
    change.mutate(changes, {
      onSuccess: () => {
        say(i18n._("Saved"), { tone: "good" });
        onClose();
      },
    });
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={i18n._("Edit {name}", { name: agent.name })}
      description={agent.email}
      footer={
        <>
          <Button onClick={onClose}>{i18n._("Cancel")}</Button>
          <Button
            look="primary"
            onClick={save}
            disabled={change.isPending || Object.keys(changes).length === 0 || name.trim() === ""}
          >
            {i18n._("Save")}
          </Button>
        </>
      }
    >
      <div className="space-y-4">
        <Field label={i18n._("Name")} error={messageFor(change.error, "name")}>
          <TextInput value={name} maxLength={100} onChange={(event) => set({ name: event.target.value })} />
        </Field>
        <Labelled
          label={i18n._("Role")}
          hint={isAllowed ? roleHint(role) : i18n._("Only an owner manages admins and owners.")}
          error={messageFor(change.error, "role")}
        >
          <Select
            label={i18n._("Role")}
            value={role}
            onChange={(next) => set({ role: next })}
            disabled={!isAllowed}
            options={roles.map((each) => ({ value: each, label: roleName(each), hint: roleHint(each) }))}
            className="w-full"
          />
        </Labelled>
        <Labelled
          label={i18n._("Skills")}
          hint={i18n._("Pools can be open to everybody with a skill.")}
          error={messageFor(change.error, "skills")}
        >
          <Words
            label={i18n._("Skills")}
            value={skills}
            onChange={(next) => set({ skills: next })}
            options={known.map((skill) => ({ value: skill, label: skill }))}
            isFree
          />
        </Labelled>
        <Labelled label={i18n._("Languages")} error={messageFor(change.error, "languages")}>
          <Words
            label={i18n._("Languages")}
            value={languages}
            onChange={(next) => set({ languages: next })}
            options={languageOptions()}
          />
        </Labelled>
        {role === "viewer" && agent.role !== "viewer" && (
          <p className="rounded-lg bg-warn-soft px-3 py-2 text-[0.8125rem] text-warn">
            {i18n._("A viewer holds nothing: everything that they hold is released.")}
          </p>
        )}
        {change.error && !isBeside && (
          <p role="alert" className="font-medium text-bad">
            {sentence(change.error) ?? i18n._("The server could not be reached. Try again.")}
          </p>
        )}
      </div>
    </Dialog>
  );
}
