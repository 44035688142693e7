import { i18n } from "@lingui/core";
import { useQuery } from "@tanstack/react-query";

import { agentsQuery, meQuery, poolsQuery, settingsQuery, tagsQuery } from "@/api/queries";
import { channelName } from "@/ui/channels";
import { Select } from "@/ui/Select";

import { languageName, priorityName, waitingText } from "./chips";
import type { Filters } from "./search";
import { TagPicker } from "./TagPicker";
import type { FilterChange } from "./useSetFilters";

const CHANNELS = ["widget", "whatsapp", "email", "api"];
const PRIORITIES = ["urgent", "high", "normal", "low"];
const WAITS = [5, 15, 30, 60];
const MOST_TAGS = 10;

type Option = readonly [value: string, label: string];

/** Every filter that a list takes. Each change is in force at once. */
export function FilterForm({
  filters,
  onChange,
}: {
  filters: Filters;
  onChange: (change: FilterChange) => void;
}) {
  const { data: agents = [] } = useQuery(agentsQuery);
  const { data: pools = [] } = useQuery(poolsQuery);
  const { data: tags = [] } = useQuery(tagsQuery);
  const { data: me } = useQuery(meQuery);
  const { data: settings } = useQuery(settingsQuery);
  const languages = [
    ...new Set([...(settings?.languages ?? []), ...(filters.language ? [filters.language] : [])]),
  ];
  const owners: Option[] = [
    ["me", i18n._("Me")],
    ["none", i18n._("Nobody")],
    ...agents
      .filter(({ active, id }) => active && id !== me?.agent.id)
      .map(({ id, name }): Option => [id, name]),
  ];
  const one = (name: Exclude<keyof Filters, "tag" | "waiting" | "q">, label: string, options: Option[]) => (
    <Choice
      label={label}
      value={filters[name] ?? ""}
      options={options}
      onChange={(value) => onChange({ [name]: value === "" ? undefined : value })}
    />
  );
  return (
    <div className="space-y-2 overflow-y-auto p-3">
      {one(
        "channel",
        i18n._("Channel"),
        CHANNELS.map((each): Option => [each, channelName(each)]),
      )}
      {one("assignee", i18n._("Assignee"), owners)}
      {one(
        "priority",
        i18n._("Priority"),
        PRIORITIES.map((each): Option => [each, priorityName(each)]),
      )}
      {one(
        "language",
        i18n._("Language"),
        languages.map((each): Option => [each, languageName(each)]),
      )}
      {one(
        "pool",
        i18n._("Pool"),
        pools.map(({ id, name }): Option => [id, name]),
      )}
      <Choice
        label={i18n._("Waiting")}
        value={String(filters.waiting ?? "")}
        options={WAITS.map((each): Option => [String(each), waitingText(each)])}
        onChange={(value) => onChange({ waiting: value === "" ? undefined : Number(value) })}
      />
      <TagPicker
        label={i18n._("Tags")}
        names={tags.map(({ name }) => name)}
        chosen={filters.tag ?? []}
        onChange={(chosen) =>
          onChange({ tag: chosen.length === 0 ? undefined : chosen.slice(0, MOST_TAGS).sort() })
        }
      />
    </div>
  );
}

function Choice({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: string;
  options: readonly Option[];
  onChange: (value: string) => void;
}) {
  return (
    <div className="flex items-center gap-3">
      <span aria-hidden="true" className="w-20 shrink-0 text-[0.8125rem] text-quiet">
        {label}
      </span>
      <Select
        label={label}
        value={value}
        options={[
          { value: "", label: i18n._("Any") },
          ...options.map(([each, text]) => ({ value: each, label: text })),
        ]}
        onChange={onChange}
        className="h-8 min-w-0 flex-1 text-[0.8125rem]"
      />
    </div>
  );
}
