import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { i18n } from "@lingui/core";
import { UserPlus } from "lucide-react";
import { useState } from "react";

import { agentsQuery, settingsQuery } from "@/api/queries";
import type { Agent } from "@/api/types";
import { Button } from "@/ui/Button";

import { Card } from "../parts/Card";
import { Effect } from "../parts/Effect";
import { Page } from "../parts/Page";
import { ReadOnly } from "../parts/ReadOnly";
import { loadsQuery, useIsAdmin, useMe } from "../queries";
import { InviteDialog } from "./InviteDialog";
import { Invitations } from "./Invitations";
import { MemberDialog } from "./MemberDialog";
import { MemberRow } from "./MemberRow";

/** Settings > Team > Members. */
export function MembersPage() {
  const me = useMe();
  const isAdmin = useIsAdmin();
  const { data: agents } = useSuspenseQuery(agentsQuery);
  const { data: settings } = useSuspenseQuery(settingsQuery);
  const { data: loads } = useQuery({ ...loadsQuery, enabled: isAdmin });
  const [isInviting, setInviting] = useState(false);
  const [edited, setEdited] = useState<Agent | null>(null);
  const ordered = agents.toSorted(
    (a, b) => Number(b.active) - Number(a.active) || a.name.localeCompare(b.name, i18n.locale),
  );
  const active = agents.filter((agent) => agent.active).length;
  return (
    <Page
      title={i18n._("Members")}
      intro={i18n._("{count, plural, one {# active member} other {# active members}} of {name}.", {
        count: active,
        name: me.workspace.name,
      })}
      actions={
        isAdmin && (
          <Button look="primary" icon={<UserPlus size={15} />} onClick={() => setInviting(true)}>
            {i18n._("Invite")}
          </Button>
        )
      }
    >
      <ReadOnly />
      <Card
        foot={
          <Effect
            when={i18n._("Roles and skills take effect at the next action. Claims that somebody holds stay.")}
          />
        }
      >
        <table className="w-full text-left">
          <thead>
            <tr className="border-b border-line text-xs text-quiet">
              <Th>{i18n._("Member")}</Th>
              <Th className="hidden w-28 sm:table-cell">{i18n._("Role")}</Th>
              {isAdmin && <Th className="hidden w-24 sm:table-cell">{i18n._("Holds")}</Th>}
              <Th className="w-9">
                <span className="sr-only">{i18n._("Actions")}</span>
              </Th>
            </tr>
          </thead>
          <tbody>
            {ordered.map((agent) => (
              <MemberRow
                key={agent.id}
                agent={agent}
                held={loads?.get(agent.id)}
                limit={settings.max_claims_per_agent}
                onEdit={() => setEdited(agent)}
              />
            ))}
          </tbody>
        </table>
      </Card>
      {isAdmin && <Invitations />}
      {isInviting && <InviteDialog onClose={() => setInviting(false)} />}
      {edited !== null && <MemberDialog agent={edited} onClose={() => setEdited(null)} />}
    </Page>
  );
}

function Th({ children, className = "" }: { children: React.ReactNode; className?: string }) {
  return (
    <th scope="col" className={`py-2 pr-2 font-medium ${className}`}>
      {children}
    </th>
  );
}
