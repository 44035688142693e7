import { i18n } from "@lingui/core";

import type { Agent } from "@/api/types";
import { Avatar } from "@/ui/Avatar";
import { Badge } from "@/ui/Badge";
import { cx } from "@/ui/cx";

import { languageName } from "@/ui/languages";
import { roleName } from "../parts/roles";
import { useIsAdmin, useMe } from "../queries";
import { MemberMenu } from "./MemberMenu";

/** One member: who, what they can do, how available they are, what they hold. */
export function MemberRow({
  agent,
  held,
  limit,
  onEdit,
}: {
  agent: Agent;
  held: number | undefined;
  limit: number;
  onEdit: () => void;
}) {
  const me = useMe();
  const isAdmin = useIsAdmin();
  return (
    <tr className="border-b border-line align-top last:border-0">
      <th scope="row" className="py-3 pr-3 font-normal">
        <div className="flex gap-3">
          <Avatar name={agent.name} size={8} className={cx(!agent.active && "opacity-50 grayscale")} />
          <div className="min-w-0">
            <p className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
              <span className={cx("font-medium", !agent.active && "text-quiet")}>{agent.name}</span>
              {agent.id === me.agent.id && <Badge tone="mine">{i18n._("You")}</Badge>}
              {agent.active ? (
                <Availability agent={agent} />
              ) : (
                <Badge tone="bad">{i18n._("Deactivated")}</Badge>
              )}
            </p>
            <p className="text-[0.8125rem] [overflow-wrap:anywhere] text-quiet">
              <span className="block sm:hidden">{roleName(agent.role)}</span>
              {agent.email}
            </p>
            {agent.skills.length + agent.languages.length > 0 && (
              <ul className="mt-1.5 flex flex-wrap gap-1" aria-label={i18n._("Skills and languages")}>
                {agent.skills.map((skill) => (
                  <li key={skill}>
                    <Badge>{skill}</Badge>
                  </li>
                ))}
                {agent.languages.map((code) => (
                  <li key={code}>
                    <Badge tone="accent">{languageName(code)}</Badge>
                  </li>
                ))}
              </ul>
            )}
          </div>
        </div>
      </th>
      <td className="hidden py-3 pr-2 sm:table-cell">{roleName(agent.role)}</td>
      {isAdmin && (
        <td className="hidden py-3 pr-2 text-quiet tabular-nums sm:table-cell">
          {held !== undefined && i18n._("{held} of {limit}", { held, limit })}
        </td>
      )}
      <td className="py-1.5 text-right">
        {isAdmin && <MemberMenu agent={agent} held={held} onEdit={onEdit} />}
      </td>
    </tr>
  );
}

function Availability({ agent }: { agent: Agent }) {
  const names: Record<string, { text: string; dot: string }> = {
    available: { text: i18n._("Available"), dot: "bg-mine" },
    away: { text: i18n._("Away"), dot: "bg-warn" },
    off_shift: { text: i18n._("Off shift"), dot: "bg-free" },
  };
  const shown = names[agent.availability];
  if (shown === undefined) return null;
  return (
    <span className="inline-flex items-center gap-1.5 text-xs text-quiet">
      <span aria-hidden="true" className={cx("size-1.5 rounded-full", shown.dot)} />
      {shown.text}
    </span>
  );
}
