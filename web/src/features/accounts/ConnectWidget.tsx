import { i18n } from "@lingui/core";
import { useMutation } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";

import { api, body } from "@/api/client";
import { Button } from "@/ui/Button";
import { Copyable } from "@/ui/Copyable";
import { messageFor } from "@/ui/draft";
import { Field, TextInput } from "@/ui/Field";
import { scriptTag } from "@/ui/scriptTag";

import { otherwise } from "./problems";

/** Connects the widget to one's own pages and shows the tag for them. */
export function ConnectWidget() {
  const [origin, setOrigin] = useState("");
  const connect = useMutation({
    mutationFn: () =>
      body(
        api.POST("/v1/channels", {
          body: {
            kind: "widget",
            name: i18n._("Widget"),
            settings: { allowed_origins: [origin.trim()] },
          },
        }),
      ),
  });
  if (connect.data !== undefined) {
    return (
      <div className="mt-2">
        <Copyable
          label={i18n._("Script tag")}
          text={scriptTag(connect.data.address)}
          hint={i18n._("Before the end of the body, on every page that shall have the chat.")}
        />
      </div>
    );
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    connect.mutate();
  };
  return (
    <form onSubmit={submit} className="mt-2 flex flex-wrap items-end gap-2">
      <div className="min-w-0 flex-1 basis-52">
        <Field
          label={i18n._("Address of your site")}
          error={messageFor(connect.error, "settings") ?? otherwise(connect.error)}
        >
          <TextInput
            type="url"
            inputMode="url"
            placeholder="https://shop.example"
            value={origin}
            onChange={(event) => setOrigin(event.target.value)}
          />
        </Field>
      </div>
      <Button type="submit" className="h-9" disabled={connect.isPending || origin.trim() === ""}>
        {i18n._("Connect the widget")}
      </Button>
    </form>
  );
}
