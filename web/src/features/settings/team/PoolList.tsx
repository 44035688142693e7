import { Link } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import { i18n } from "@lingui/core";
import { ChevronRight, Workflow } from "lucide-react";

import type { Agent, Pool } from "@/api/types";
import { Avatar } from "@/ui/Avatar";
import { EmptyState } from "@/ui/EmptyState";

import { Card } from "../parts/Card";
import { Effect } from "../parts/Effect";
import { Page } from "../parts/Page";
import { ReadOnly } from "../parts/ReadOnly";
import { strandedQuery, useIsAdmin } from "../queries";
import { ConditionBadges } from "./ConditionBadges";
import { claimers } from "./poolDraft";
import { NewPoolLink } from "./NewPoolLink";
import { Stranded } from "./Stranded";

const MOST_FACES = 5;

/** All pools, and what waits although nobody may claim it. */
export function PoolList({ pools, agents }: { pools: readonly Pool[]; agents: readonly Agent[] }) {
  const isAdmin = useIsAdmin();
  const { data: stranded } = useQuery(strandedQuery);
  return (
    <Page
      title={i18n._("Pools")}
      intro={i18n._(
        "Who may claim what. A conversation that meets any condition of a pool can be claimed only by its members; where several pools match, by those who are in all of them. Everybody still sees it.",
      )}
      actions={isAdmin && pools.length > 0 && <NewPoolLink />}
    >
      <ReadOnly />
      {stranded !== undefined && stranded.length > 0 && <Stranded stranded={stranded} />}
      {pools.length === 0 ? (
        <Card>
          <EmptyState icon={<Workflow size={20} />} title={i18n._("No pools: anybody may claim anything")}>
            <p>
              {i18n._(
                "Make one when some conversations are only for some people, such as billing or Spanish.",
              )}
            </p>
            {isAdmin && <NewPoolLink />}
          </EmptyState>
        </Card>
      ) : (
        <Card
          foot={
            <Effect when={i18n._("Takes effect at the next claim. A claim that somebody holds stays.")} />
          }
        >
          <ul className="-my-3 divide-y divide-line">
            {pools.map((pool) => (
              <PoolItem key={pool.id} pool={pool} agents={agents} />
            ))}
          </ul>
        </Card>
      )}
    </Page>
  );
}

function PoolItem({ pool, agents }: { pool: Pool; agents: readonly Agent[] }) {
  const members = claimers(pool, agents);
  return (
    <li>
      <Link
        to="/settings/$"
        params={{ _splat: `team/pools/${pool.id}` }}
        className="-mx-3 flex items-center gap-3 rounded-lg px-3 py-3.5 hover:bg-hover"
      >
        <div className="min-w-0 flex-1">
          <p className="font-medium">{pool.name}</p>
          <div className="mt-1.5 flex flex-wrap items-center gap-x-4 gap-y-2">
            <ConditionBadges conditions={pool.conditions} />
          </div>
        </div>
        <div className="flex shrink-0 flex-col items-end gap-1">
          <span className="flex -space-x-1" aria-hidden="true">
            {members.slice(0, MOST_FACES).map((agent) => (
              <Avatar key={agent.id} name={agent.name} className="ring-2 ring-surface" />
            ))}
          </span>
          <span className="text-xs text-quiet">
            {i18n._("{count, plural, =0 {nobody can claim} one {# member} other {# members}}", {
              count: members.length,
            })}
          </span>
        </div>
        <ChevronRight size={16} aria-hidden="true" className="shrink-0 text-quiet" />
      </Link>
    </li>
  );
}
