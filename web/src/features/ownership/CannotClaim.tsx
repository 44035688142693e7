import { i18n } from "@lingui/core";
import { Link } from "@tanstack/react-router";
import { Gauge, Lock } from "lucide-react";

import { Badge } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Popover } from "@/ui/Popover";

import type { Hindrance } from "./possible";
import type { Act } from "./useActs";
import { list } from "./words";

/** Stands in place of Claim and says why one cannot. */
export function CannotClaim({ hindrance, why }: { hindrance: Hindrance; why: Act }) {
  if (hindrance.why === "role") {
    return <Badge icon={<Lock size={12} aria-hidden="true" />}>{i18n._("Viewers only read")}</Badge>;
  }
  if (hindrance.why === "limit") {
    const { held, limit } = hindrance;
    return (
      <span className="flex shrink-0 items-center gap-2 text-[0.8125rem]">
        <span className="inline-flex items-center gap-1.5 font-medium text-warn">
          <Gauge size={15} aria-hidden="true" />
          {i18n._("{held} of {limit} held", { held, limit })}
        </span>
        <Link
          to="/inbox/$view"
          params={{ view: "mine" }}
          className="inline-flex min-h-6 items-center font-medium text-accent-ink underline underline-offset-2"
        >
          {i18n._("My conversations")}
        </Link>
      </span>
    );
  }
  const pools = list(hindrance.pools.map(({ name }) => name));
  return (
    <Popover
      align="end"
      title={i18n._("Why you cannot claim this")}
      trigger={
        <Button look="quiet" icon={<Lock size={14} aria-hidden="true" />} className="text-warn">
          {i18n._("{pools} only", { pools })}
        </Button>
      }
    >
      <div className="space-y-3 p-4 text-[0.8125rem]">
        <p>
          {i18n._(
            "{count, plural, one {Only members of the pool {pools} may claim this conversation.} other {Only members of all of these pools may claim this conversation: {pools}.}} Ask one of them, or an admin to add you.",
            { pools, count: hindrance.pools.length },
          )}
        </p>
        <Button small onClick={why.run}>
          {i18n._("Who could claim this?")}
        </Button>
      </div>
    </Popover>
  );
}
