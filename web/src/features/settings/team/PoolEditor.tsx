import { useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { i18n } from "@lingui/core";
import { ChevronLeft, Trash2 } from "lucide-react";
import { useEffect, useState } from "react";

import { api, body } from "@/api/client";
import { poolsQuery } from "@/api/queries";
import type { Agent, Pool } from "@/api/types";
import { Button } from "@/ui/Button";
import { Field, TextInput } from "@/ui/Field";
import { say } from "@/ui/status";

import { Card } from "../parts/Card";
import { Confirm } from "@/ui/Confirm";
import { Effect } from "../parts/Effect";
import { Page } from "../parts/Page";
import { ReadOnly } from "../parts/ReadOnly";
import { SaveBar } from "@/ui/SaveBar";
import { useDraft } from "@/ui/useDraft";
import { strandedQuery, useIsAdmin } from "../queries";
import { draftOf, EMPTY, isWhole, sentPool, type PoolDraft } from "./poolDraft";
import { PoolConditions } from "./PoolConditions";
import { PoolMembers } from "./PoolMembers";
import { PoolPreview } from "./PoolPreview";

/** Makes a pool (`pool` is null) or changes one. */
export function PoolEditor({ pool, agents }: { pool: Pool | null; agents: readonly Agent[] }) {
  const isAdmin = useIsAdmin();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [isDeleting, setDeleting] = useState(false);
  const [isMade, setMade] = useState(false);
  const saved = pool === null ? EMPTY : draftOf(pool);
  const refresh = () =>
    Promise.all(
      [poolsQuery.queryKey, strandedQuery.queryKey].map((queryKey) => client.invalidateQueries({ queryKey })),
    );
  const draft = useDraft<PoolDraft>(saved, async (changes) => {
    const wanted = sentPool({ ...saved, ...changes }) as never;
    if (pool === null) await body(api.POST("/v1/pools", { body: wanted }));
    else
      await body(api.PATCH("/v1/pools/{pool_id}", { params: { path: { pool_id: pool.id } }, body: wanted }));
    await refresh();
    if (pool === null) setMade(true);
  });
  const { isDirty } = draft;
  // Leaves once nothing is unsaved any more: otherwise it would ask.
  useEffect(() => {
    if (isMade && !isDirty) void navigate({ to: "/settings/$", params: { _splat: "team/pools" } });
  }, [isMade, isDirty, navigate]);
  const remove = async (gone: Pool) => {
    await body(api.DELETE("/v1/pools/{pool_id}", { params: { path: { pool_id: gone.id } } }));
    await navigate({ to: "/settings/$", params: { _splat: "team/pools" }, ignoreBlocker: true });
    say(i18n._("{name} is deleted", { name: gone.name }));
    await refresh();
  };
  return (
    <>
      <div className="mx-auto -mb-3 w-full max-w-180 px-4 pt-4 sm:px-8">
        <Link
          to="/settings/$"
          params={{ _splat: "team/pools" }}
          className="inline-flex min-h-6 items-center gap-1 text-[0.8125rem] font-medium text-accent-ink"
        >
          <ChevronLeft size={15} aria-hidden="true" />
          {i18n._("All pools")}
        </Link>
      </div>
      <Page
        title={pool?.name ?? i18n._("New pool")}
        intro={i18n._("Its members are the only ones who may claim what meets any of its conditions.")}
        actions={
          isAdmin &&
          pool !== null && (
            <Button icon={<Trash2 size={14} />} onClick={() => setDeleting(true)}>
              {i18n._("Delete")}
            </Button>
          )
        }
      >
        <ReadOnly />
        <Card>
          <Field
            label={i18n._("Name")}
            hint={i18n._("Agents read it in place of Claim: “Billing only”.")}
            error={draft.errorOf("name")}
          >
            <TextInput
              value={draft.value.name}
              maxLength={80}
              disabled={!isAdmin}
              onChange={(event) => draft.set("name", event.target.value)}
            />
          </Field>
        </Card>
        <PoolConditions draft={draft} disabled={!isAdmin} />
        <PoolMembers draft={draft} agents={agents} disabled={!isAdmin} />
        <PoolPreview draft={draft.value} id={pool?.id ?? null} isDirty={isDirty} />
        <p className="flex items-center gap-2 px-1 text-xs text-quiet">
          <Effect when={i18n._("Takes effect at the next claim. A claim that somebody holds stays.")} />
        </p>
        {isAdmin && (
          <SaveBar
            draft={draft}
            always={pool === null}
            label={pool === null ? i18n._("Make the pool") : i18n._("Save changes")}
            reason={isWhole(draft.value) ? undefined : i18n._("Give it a name and at least one condition.")}
            disabled={!isWhole(draft.value) || (!isDirty && pool !== null)}
          />
        )}
      </Page>
      {pool !== null && (
        <Confirm
          open={isDeleting}
          onClose={() => setDeleting(false)}
          title={i18n._("Delete {name}?", { name: pool.name })}
          text={i18n._(
            "What only this pool restricts can then be claimed by everybody, from the next claim on.",
          )}
          action={i18n._("Delete")}
          onConfirm={() => remove(pool)}
        />
      )}
    </>
  );
}
