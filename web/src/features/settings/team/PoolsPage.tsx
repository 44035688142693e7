import { useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { i18n } from "@lingui/core";
import { SearchX } from "lucide-react";

import { agentsQuery, poolsQuery } from "@/api/queries";
import { EmptyState } from "@/ui/EmptyState";

import { Page } from "../parts/Page";
import { NEW } from "./newPool";
import { PoolEditor } from "./PoolEditor";
import { PoolList } from "./PoolList";

/** Settings > Team > Pools: the list, or the editor of one. */
export function PoolsPage({ rest }: { rest: string }) {
  const { data: pools } = useSuspenseQuery(poolsQuery);
  const { data: agents } = useSuspenseQuery(agentsQuery);
  if (rest === "") return <PoolList pools={pools} agents={agents} />;
  if (rest === NEW) return <PoolEditor pool={null} agents={agents} />;
  const pool = pools.find((each) => each.id === rest);
  if (pool !== undefined) return <PoolEditor key={pool.id} pool={pool} agents={agents} />;
  return (
    <Page title={i18n._("Pools")}>
      <EmptyState icon={<SearchX size={20} />} title={i18n._("This pool is gone.")}>
        <Link
          to="/settings/$"
          params={{ _splat: "team/pools" }}
          className="font-medium text-accent-ink underline"
        >
          {i18n._("All pools")}
        </Link>
      </EmptyState>
    </Page>
  );
}
