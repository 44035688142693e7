import { i18n } from "@lingui/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { api, body } from "@/api/client";
import { fieldError } from "@/api/problem";
import { savedViewsQuery } from "@/api/queries";
import type { SavedView } from "@/api/types";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Field, TextInput } from "@/ui/Field";
import { say } from "@/ui/status";
import { Switch } from "@/ui/Switch";

import type { Filters } from "./search";
import type { View } from "./views";

interface SaveViewProps {
  view: View;
  filters: Filters;
  /** A view to change; none makes a new one. */
  saved?: SavedView;
  onClose: () => void;
}

/** Gives the filters of a list a name, for oneself or for everybody. */
export function SaveView({ view, filters, saved, onClose }: SaveViewProps) {
  const client = useQueryClient();
  const [name, setName] = useState(saved?.name ?? "");
  const [shared, setShared] = useState(saved?.shared ?? false);
  const save = useMutation({
    mutationFn: () => {
      const content = { name: name.trim(), shared };
      if (saved !== undefined) {
        return body(
          api.PATCH("/v1/saved-views/{view_id}", {
            params: { path: { view_id: saved.id } },
            body: content as never,
          }),
        );
      }
      const made = { ...content, filters: { view, ...filters } };
      return body(api.POST("/v1/saved-views", { body: made as never }));
    },
    onSuccess: async (view) => {
      await client.invalidateQueries(savedViewsQuery);
      say(i18n._("View saved: {name}", { name: view.name }), { tone: "good" });
      onClose();
    },
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={saved === undefined ? i18n._("Save view") : i18n._("Change view")}
      description={i18n._("Keeps the view, its filters and its order under a name.")}
      footer={
        <>
          <Button onClick={onClose}>{i18n._("Cancel")}</Button>
          <Button
            look="primary"
            type="submit"
            form="save-view"
            disabled={name.trim() === "" || save.isPending}
          >
            {i18n._("Save")}
          </Button>
        </>
      }
    >
      <form
        id="save-view"
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <Field label={i18n._("Name")} error={fieldError(save.error, "name") ?? save.error?.message}>
          <TextInput value={name} maxLength={100} onChange={(event) => setName(event.target.value)} />
        </Field>
        <Switch
          label={i18n._("Shared")}
          hint={i18n._("Everybody in the workspace sees it in the sidebar.")}
          checked={shared}
          onChange={setShared}
        />
      </form>
    </Dialog>
  );
}
