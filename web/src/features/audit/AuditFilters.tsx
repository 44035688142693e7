import { useQuery } from "@tanstack/react-query";
import { i18n } from "@lingui/core";
import { useId, type ReactNode } from "react";

import { agentsQuery } from "@/api/queries";
import { Button } from "@/ui/Button";
import { Field, TextInput } from "@/ui/Field";
import { Select } from "@/ui/Select";

import { actionOptions } from "./actionNames";
import { ConversationField } from "./ConversationField";
import { isBackwards } from "./search";
import { useAuditSearch } from "./useAuditSearch";

const ANY = "any";

/** Which rows: by conversation, person, action and day. Each choice counts at once and stands in the address. */
export function AuditFilters() {
  const [search, change] = useAuditSearch();
  const { data: agents = [] } = useQuery(agentsQuery);
  const { conversation, actor, action, since, until } = search;
  const isFiltered = Object.keys(search).length > 0;
  const people = agents.map(({ id, name }) => ({ value: id, label: name }));
  const isStranger = actor !== undefined && !people.some(({ value }) => value === actor);
  const clear = () =>
    change({
      conversation: undefined,
      actor: undefined,
      action: undefined,
      since: undefined,
      until: undefined,
    });
  return (
    <form
      role="search"
      aria-label={i18n._("Filter the audit")}
      className="grid grid-cols-2 items-start gap-3 md:grid-cols-4 xl:grid-cols-5"
      onSubmit={(event) => event.preventDefault()}
    >
      <Labelled label={i18n._("Who")}>
        <Select
          label={i18n._("Who")}
          value={actor ?? ANY}
          options={[
            { value: ANY, label: i18n._("Anyone") },
            ...people,
            ...(isStranger ? [{ value: actor, label: i18n._("A former member") }] : []),
          ]}
          onChange={(value) => change({ actor: value === ANY ? undefined : value })}
          className="w-full"
        />
      </Labelled>
      <Labelled label={i18n._("Action")}>
        <Select
          label={i18n._("Action")}
          value={action ?? ANY}
          options={[
            { value: ANY, label: i18n._("Any action") },
            ...actionOptions(),
            ...(action !== undefined && !actionOptions().some(({ value }) => value === action)
              ? [{ value: action, label: action }]
              : []),
          ]}
          onChange={(value) => change({ action: value === ANY ? undefined : value })}
          className="w-full"
        />
      </Labelled>
      <ConversationField
        key={conversation ?? ""}
        value={conversation ?? ""}
        onChange={(value) => change({ conversation: value === "" ? undefined : value })}
      />
      <Field label={i18n._("From")}>
        <TextInput
          type="date"
          value={since ?? ""}
          onChange={(event) => change({ since: event.target.value })}
        />
      </Field>
      <Field
        label={i18n._("To")}
        error={isBackwards(search) ? i18n._("Choose the first day or a later one.") : undefined}
      >
        <TextInput
          type="date"
          value={until ?? ""}
          onChange={(event) => change({ until: event.target.value })}
        />
      </Field>
      {isFiltered && (
        <Button look="quiet" small className="col-span-full justify-self-start" onClick={clear}>
          {i18n._("Clear the filters")}
        </Button>
      )}
    </form>
  );
}

/** A visible label over a choice that reads its own. */
function Labelled({ label, children }: { label: string; children: ReactNode }) {
  const id = useId();
  return (
    <div role="group" aria-labelledby={id} className="col-span-2 flex min-w-0 flex-col gap-1 xl:col-span-1">
      <span id={id} className="text-[0.8125rem] font-medium">
        {label}
      </span>
      {children}
    </div>
  );
}
