import { useMutation, useQueryClient } from "@tanstack/react-query";
import { i18n } from "@lingui/core";
import { Pencil, Trash2 } from "lucide-react";
import { useState, type FormEvent, type KeyboardEvent } from "react";

import { api, body } from "@/api/client";
import { tagsQuery } from "@/api/queries";
import { Badge } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Field, TextInput } from "@/ui/Field";
import { IconButton } from "@/ui/IconButton";
import { say } from "@/ui/status";

import { Confirm } from "@/ui/Confirm";
import { messageFor } from "@/ui/draft";
import { sentence, useIsAdmin } from "../queries";

interface Tag {
  id: string;
  name: string;
}

/** A tag; admins rename it in place or delete it. */
export function TagRow({ tag }: { tag: Tag }) {
  const isAdmin = useIsAdmin();
  const client = useQueryClient();
  const [isRenaming, setRenaming] = useState(false);
  const [isDeleting, setDeleting] = useState(false);
  const { name } = tag;
  const remove = async () => {
    await body(api.DELETE("/v1/tags/{tag_id}", { params: { path: { tag_id: tag.id } } }));
    say(i18n._("Tag {name} is deleted", { name }));
    await client.invalidateQueries({ queryKey: tagsQuery.queryKey });
  };
  if (isRenaming) return <Rename tag={tag} onDone={() => setRenaming(false)} />;
  return (
    <div className="flex min-h-12 items-center gap-1 py-1.5!">
      <span className="min-w-0 flex-1">
        <Badge className="h-6 text-xs">{name}</Badge>
      </span>
      {isAdmin && (
        <>
          <IconButton
            label={i18n._("Rename {name}", { name })}
            icon={<Pencil size={15} />}
            onClick={() => setRenaming(true)}
          />
          <IconButton
            label={i18n._("Delete {name}", { name })}
            icon={<Trash2 size={15} />}
            onClick={() => setDeleting(true)}
          />
          <Confirm
            open={isDeleting}
            onClose={() => setDeleting(false)}
            title={i18n._("Delete the tag {name}?", { name })}
            text={i18n._(
              "It is taken off every conversation that has it. A tag that a pool names stays until the pool lets go of it.",
            )}
            action={i18n._("Delete")}
            onConfirm={remove}
          />
        </>
      )}
    </div>
  );
}

function Rename({ tag, onDone }: { tag: Tag; onDone: () => void }) {
  const client = useQueryClient();
  const [name, setName] = useState(tag.name);
  const rename = useMutation({
    mutationFn: () =>
      body(api.PATCH("/v1/tags/{tag_id}", { params: { path: { tag_id: tag.id } }, body: { name } })),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: tagsQuery.queryKey });
      say(i18n._("Saved"), { tone: "good" });
      onDone();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    rename.mutate();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") onDone();
  };
  return (
    <form onSubmit={submit} className="flex flex-wrap items-end gap-2">
      <div className="min-w-0 flex-1 basis-56">
        <Field
          label={i18n._("New name of {name}", { name: tag.name })}
          error={messageFor(rename.error, "name") ?? sentence(rename.error)}
        >
          <TextInput
            // It was asked for by a press on Rename.
            // eslint-disable-next-line jsx-a11y/no-autofocus
            autoFocus
            value={name}
            maxLength={60}
            onKeyDown={onKeyDown}
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
      </div>
      <Button onClick={onDone} className="h-9">
        {i18n._("Cancel")}
      </Button>
      <Button type="submit" look="primary" disabled={rename.isPending || name.trim() === ""} className="h-9">
        {i18n._("Rename")}
      </Button>
    </form>
  );
}
