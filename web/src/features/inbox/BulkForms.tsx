/** What each bulk action asks before it is done. */
import { i18n } from "@lingui/core";
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";

import { agentsQuery, tagsQuery } from "@/api/queries";
import { Field, TextArea, TextInput } from "@/ui/Field";
import { Select } from "@/ui/Select";
import { snoozeChoices } from "@/ui/snoozing";

import type { BulkAction } from "./bulk";
import { TagPicker } from "./TagPicker";

export type Asked = Exclude<BulkAction, "claim">;
export type More = Readonly<Record<string, unknown>>;

interface FormProps {
  /** What the action needs; undefined as long as something is missing. */
  onChange: (more: More | undefined) => void;
}

/** The form of each action that asks something. */
export const BULK_FORMS: Readonly<Record<Asked, (props: FormProps) => ReactNode>> = {
  release: ReleaseForm,
  reassign: ReassignForm,
  resolve: ResolveForm,
  snooze: SnoozeForm,
  tag: TagForm,
};

function ReleaseForm({ onChange }: FormProps) {
  const [reason, setReason] = useState("");
  const reasons = [
    { value: "", label: i18n._("No reason") },
    { value: "shift_end", label: i18n._("End of my shift") },
    { value: "wrong_person", label: i18n._("Somebody else should answer") },
    { value: "customer_silent", label: i18n._("The customer is silent") },
    { value: "other", label: i18n._("Another reason") },
  ];
  return (
    <Labelled label={i18n._("Reason")}>
      <Select
        label={i18n._("Reason")}
        value={reason}
        options={reasons}
        className="w-full"
        onChange={(value) => {
          setReason(value);
          onChange(value === "" ? {} : { reason: value });
        }}
      />
    </Labelled>
  );
}

function ReassignForm({ onChange }: FormProps) {
  const { data: agents = [] } = useQuery(agentsQuery);
  const [agent, setAgent] = useState("");
  const [note, setNote] = useState("");
  const tell = (to: string, text: string) =>
    onChange(to === "" ? undefined : { agent_id: to, ...(text.trim() === "" ? {} : { note: text.trim() }) });
  const can = agents.filter(({ active, role }) => active && role !== "viewer");
  return (
    <>
      <Labelled label={i18n._({ id: "To (a person)", message: "To" })}>
        <Select
          label={i18n._({ id: "To (a person)", message: "To" })}
          value={agent}
          options={[
            { value: "", label: i18n._("Choose a teammate") },
            ...can.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          className="w-full"
          onChange={(value) => {
            setAgent(value);
            tell(value, note);
          }}
        />
      </Labelled>
      <Field label={i18n._("Handoff note")} hint={i18n._("Stored as a note in each conversation.")}>
        <TextArea
          value={note}
          maxLength={4000}
          onChange={(event) => {
            setNote(event.target.value);
            tell(agent, event.target.value);
          }}
        />
      </Field>
    </>
  );
}

function ResolveForm({ onChange }: FormProps) {
  return (
    <Field label={i18n._("Note")} hint={i18n._("Optional, for your team.")}>
      <TextArea
        maxLength={2000}
        onChange={({ target }) => onChange(target.value.trim() === "" ? {} : { note: target.value.trim() })}
      />
    </Field>
  );
}

function SnoozeForm({ onChange }: FormProps) {
  const [choices] = useState(() => snoozeChoices(new Date()));
  return (
    <fieldset className="space-y-1">
      <legend className="sr-only">{i18n._("Until")}</legend>
      {choices.map(({ label, when, until }) => (
        <label
          key={label}
          className="flex h-9 items-center gap-2.5 rounded-lg px-2 hover:bg-hover has-checked:bg-chosen"
        >
          <input
            type="radio"
            name="until"
            className="size-4 accent-(--accent)"
            onChange={() => onChange(until)}
          />
          <span className="flex-1">{label}</span>
          <span className="text-xs text-quiet">{when}</span>
        </label>
      ))}
    </fieldset>
  );
}

function TagForm({ onChange }: FormProps) {
  const { data: tags = [] } = useQuery(tagsQuery);
  const [add, setAdd] = useState<string[]>([]);
  const [remove, setRemove] = useState<string[]>([]);
  const [own, setOwn] = useState("");
  const names = tags.map(({ name }) => name);
  const tell = (added: string[], removed: string[], typed: string) => {
    const all = typed.trim() === "" ? added : [...added, typed.trim()];
    onChange(all.length + removed.length === 0 ? undefined : { add: all, remove: removed });
  };
  return (
    <>
      <TagPicker
        label={i18n._("Add")}
        names={names}
        chosen={add}
        onChange={(chosen) => {
          setAdd(chosen);
          tell(chosen, remove, own);
        }}
      />
      <Field label={i18n._("Add a new tag")}>
        <TextInput
          value={own}
          maxLength={60}
          onChange={(event) => {
            setOwn(event.target.value);
            tell(add, remove, event.target.value);
          }}
        />
      </Field>
      <TagPicker
        label={i18n._("Remove")}
        names={names}
        chosen={remove}
        onChange={(chosen) => {
          setRemove(chosen);
          tell(add, chosen, own);
        }}
      />
    </>
  );
}

function Labelled({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="space-y-1">
      <span aria-hidden="true" className="block text-[0.8125rem] font-medium">
        {label}
      </span>
      {children}
    </div>
  );
}
