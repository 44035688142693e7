import { i18n } from "@lingui/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState, type FormEvent } from "react";

import { api, body } from "@/api/client";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { messageFor } from "@/ui/draft";
import { Field, TextInput } from "@/ui/Field";
import { failureText } from "@/ui/Failed";
import { say } from "@/ui/status";

import { articlesQuery } from "./queries";

const FORM = "import-article";

/** Makes an article of a page of the web; the same address again changes that article. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [url, setUrl] = useState("");
  const bring = useMutation({
    mutationFn: () => body(api.POST("/v1/articles/import", { body: { url: url.trim() } })),
    onSuccess: async (article) => {
      await client.invalidateQueries({ queryKey: articlesQuery.queryKey });
      say(i18n._("Imported {title}", { title: article.title }), { tone: "good" });
      await navigate({ to: "/articles/$articleId", params: { articleId: article.id } });
    },
  });
  const beside = messageFor(bring.error, "url");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    bring.mutate();
  };
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={i18n._("Import an article")}
      description={i18n._(
        "The text of a page becomes an article that you can change before anybody sees it.",
      )}
      footer={
        <>
          <Button onClick={onClose}>{i18n._("Cancel")}</Button>
          <Button type="submit" form={FORM} look="primary" disabled={bring.isPending || url.trim() === ""}>
            {bring.isPending ? i18n._("Importing…") : i18n._("Import")}
          </Button>
        </>
      }
    >
      <form id={FORM} onSubmit={submit} className="space-y-3">
        <Field
          label={i18n._("Address of the page")}
          hint={i18n._("Imported before? Then that article takes the page's new text.")}
          error={beside}
        >
          <TextInput
            type="url"
            required
            inputMode="url"
            placeholder="https://example.com/help/returns"
            value={url}
            onChange={(event) => setUrl(event.target.value)}
          />
        </Field>
        {bring.error && beside === undefined && (
          <p role="alert" className="font-medium text-bad">
            {failureText(bring.error)}
          </p>
        )}
        <p className="text-xs text-quiet">
          {i18n._("A folder of Markdown files is imported on the server: dibs articles import FOLDER.")}
        </p>
      </form>
    </Dialog>
  );
}
