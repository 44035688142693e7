import { i18n } from "@lingui/core";
import { useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { ChevronLeft } from "lucide-react";
import { useEffect, useState } from "react";

import { api, body } from "@/api/client";
import { channelsQuery } from "@/api/queries";
import type { Channel } from "@/api/types";
import { Field, TextInput } from "@/ui/Field";
import { SaveBar } from "@/ui/SaveBar";
import { useDraft } from "@/ui/useDraft";

import { Card } from "../parts/Card";
import { Page } from "../parts/Page";
import { ReadOnly } from "../parts/ReadOnly";
import { useIsAdmin } from "../queries";
import { ChannelActions } from "./ChannelActions";
import { ChannelState } from "./ChannelState";
import { Fields } from "./Fields";
import { Install } from "./Install";
import { defaultsOf, groupsOf, kinds, type KindName, type Values } from "./kinds";
import { isWhole, sent } from "./values";
import { Touched } from "./Touched";

interface Form {
  name: string;
  settings: Values;
}

/** Connects a channel (`channel` is null) or changes one. Its provider is asked before anything is stored. */
export function ChannelEditor({ kind, channel }: { kind: KindName; channel: Channel | null }) {
  const isAdmin = useIsAdmin();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [made, setMade] = useState<string>();
  const text = kinds().find((each) => each.kind === kind);
  const groups = groupsOf(kind);
  const saved: Form = {
    name: channel?.name ?? text?.label ?? kind,
    settings: { ...defaultsOf(kind), ...channel?.settings },
  };
  const draft = useDraft<Form>(saved, async (changes) => {
    const wanted = { ...saved, ...changes };
    const settings = sent(groups, wanted.settings);
    const written =
      channel === null
        ? await body(api.POST("/v1/channels", { body: { kind, name: wanted.name.trim(), settings } }))
        : await body(
            api.PATCH("/v1/channels/{channel_id}", {
              params: { path: { channel_id: channel.id } },
              body: {
                ...(changes.name !== undefined && { name: wanted.name.trim() }),
                ...(changes.settings !== undefined && { settings }),
              },
            }),
          );
    await client.invalidateQueries({ queryKey: channelsQuery.queryKey });
    if (channel === null) setMade(written.id);
  });
  const { isDirty, value } = draft;
  // Leaves once nothing is unsaved any more: otherwise it would ask.
  useEffect(() => {
    if (made !== undefined && !isDirty)
      void navigate({ to: "/settings/$", params: { _splat: `workspace/channels/${made}` }, replace: true });
  }, [made, isDirty, navigate]);
  const canSave = value.name.trim() !== "" && isWhole(groups, value.settings, channel === null);
  return (
    <>
      <div className="mx-auto -mb-3 w-full max-w-180 px-4 pt-4 sm:px-8">
        <Link
          to="/settings/$"
          params={{ _splat: "workspace/channels" }}
          className="inline-flex min-h-6 items-center gap-1 text-[0.8125rem] font-medium text-accent-ink"
        >
          <ChevronLeft size={15} aria-hidden="true" />
          {i18n._("All channels")}
        </Link>
      </div>
      <Page
        title={channel?.name ?? i18n._("Connect {channel}", { channel: text?.label ?? kind })}
        intro={text?.intro}
        actions={channel !== null && <ChannelState channel={channel} />}
      >
        <ReadOnly />
        {channel?.problem != null && (
          <p role="alert" className="rounded-xl border border-bad bg-bad-soft px-4 py-3 font-medium text-bad">
            {channel.problem}
          </p>
        )}
        {channel !== null && <Install channel={channel} />}
        <Card foot={channel !== null && <Touched channelId={channel.id} />}>
          <Field
            label={i18n._("Name")}
            hint={i18n._("Only your team reads it.")}
            error={draft.errorOf("name")}
          >
            <TextInput
              value={value.name}
              maxLength={80}
              disabled={!isAdmin}
              onChange={(event) => draft.set("name", event.target.value)}
            />
          </Field>
        </Card>
        <Fields
          groups={groups}
          values={value.settings}
          isNew={channel === null}
          isReadOnly={!isAdmin}
          error={draft.error}
          onChange={(settings) => draft.set("settings", settings)}
        />
        {channel !== null && isAdmin && <ChannelActions channel={channel} />}
        {isAdmin && (
          <SaveBar
            draft={draft}
            always={channel === null}
            label={channel === null ? i18n._("Connect") : i18n._("Save changes")}
            reason={canSave ? undefined : i18n._("Fill in what is not optional.")}
            disabled={!canSave}
          />
        )}
      </Page>
    </>
  );
}
