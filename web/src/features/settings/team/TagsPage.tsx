import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { i18n } from "@lingui/core";
import { Plus, Search, Tag as TagIcon } from "lucide-react";
import { useState, type FormEvent } from "react";

import { api, body } from "@/api/client";
import { tagsQuery } from "@/api/queries";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { Field, TextInput } from "@/ui/Field";
import { say } from "@/ui/status";

import { Card, Rows } from "../parts/Card";
import { messageFor } from "@/ui/draft";
import { Effect } from "../parts/Effect";
import { Page } from "../parts/Page";
import { ReadOnly } from "../parts/ReadOnly";
import { sentence, useMe } from "../queries";
import { TagRow } from "./TagRow";

/** From so many tags on they can be searched. */
const MANY = 12;

/** Settings > Team > Tags. */
export function TagsPage() {
  const { role } = useMe();
  const { data: tags } = useSuspenseQuery(tagsQuery);
  const [query, setQuery] = useState("");
  const wanted = query.trim().toLocaleLowerCase();
  const shown = tags
    .filter((tag) => tag.name.toLocaleLowerCase().includes(wanted))
    .toSorted((a, b) => a.name.localeCompare(b.name, i18n.locale));
  return (
    <Page
      title={i18n._("Tags")}
      intro={i18n._("Words that the team gives to conversations. Filters, pools and escalation go by them.")}
    >
      <ReadOnly />
      {role !== "viewer" && <NewTag />}
      <Card foot={<Effect when={i18n._("A change shows at once on every conversation that has the tag.")} />}>
        {tags.length >= MANY && (
          <div className="relative mb-2">
            <Search size={15} aria-hidden="true" className="absolute top-2.5 left-2.5 text-quiet" />
            <TextInput
              type="search"
              aria-label={i18n._("Search tags")}
              placeholder={i18n._("Search tags")}
              value={query}
              onChange={(event) => setQuery(event.target.value)}
              className="pl-8"
            />
          </div>
        )}
        {tags.length === 0 && (
          <EmptyState icon={<TagIcon size={20} />} title={i18n._("No tags yet")}>
            <p>{i18n._("Make one here, or type a new one on any conversation with T.")}</p>
          </EmptyState>
        )}
        {tags.length > 0 && shown.length === 0 && (
          <p className="py-6 text-center text-quiet">
            {i18n._("No tag matches “{query}”.", { query: query.trim() })}
          </p>
        )}
        <Rows>
          {shown.map((tag) => (
            <TagRow key={tag.id} tag={tag} />
          ))}
        </Rows>
      </Card>
    </Page>
  );
}

function NewTag() {
  const client = useQueryClient();
  const [name, setName] = useState("");
  const make = useMutation({
    mutationFn: () => body(api.POST("/v1/tags", { body: { name } })),
    onSuccess: async () => {
      say(i18n._("Tag {name} is there", { name: name.trim() }), { tone: "good" });
      setName("");
      await client.invalidateQueries({ queryKey: tagsQuery.queryKey });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    make.mutate();
  };
  return (
    <Card>
      <form onSubmit={submit} className="flex flex-wrap items-end gap-2">
        <div className="min-w-0 flex-1 basis-56">
          <Field label={i18n._("New tag")} error={messageFor(make.error, "name") ?? sentence(make.error)}>
            <TextInput value={name} maxLength={60} onChange={(event) => setName(event.target.value)} />
          </Field>
        </div>
        <Button
          type="submit"
          icon={<Plus size={15} />}
          disabled={make.isPending || name.trim() === ""}
          className="h-9 self-end"
        >
          {i18n._("Add")}
        </Button>
      </form>
    </Card>
  );
}
