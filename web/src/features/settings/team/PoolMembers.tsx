import { i18n } from "@lingui/core";
import { Sparkles, UsersRound } from "lucide-react";

import type { Agent } from "@/api/types";
import { Avatar } from "@/ui/Avatar";

import { Card } from "../parts/Card";
import { Labelled } from "../parts/Labelled";
import { OneOf } from "../parts/OneOf";
import type { Draft } from "@/ui/useDraft";
import { Words } from "../parts/Words";
import { claimers, sentPool, type PoolDraft } from "./poolDraft";

/** Who is in a pool: named agents, or everybody with a skill. */
export function PoolMembers({
  draft,
  agents,
  disabled,
}: {
  draft: Draft<PoolDraft>;
  agents: readonly Agent[];
  disabled: boolean;
}) {
  const { by, members, skill } = draft.value;
  const able = claimers(sentPool(draft.value), agents);
  const skills = [...new Set(agents.flatMap((agent) => agent.skills))].toSorted((a, b) => a.localeCompare(b));
  return (
    <Card
      title={i18n._("Members")}
      intro={i18n._("Who may claim them. Deactivated agents and viewers never count.")}
    >
      <div className="space-y-4">
        <OneOf
          label={i18n._("Members")}
          value={by}
          onChange={(next) => draft.set("by", next)}
          disabled={disabled}
          options={[
            { value: "agents", label: i18n._("Named agents"), icon: <UsersRound size={17} /> },
            { value: "skill", label: i18n._("Everybody with a skill"), icon: <Sparkles size={17} /> },
          ]}
        />
        {by === "agents" ? (
          <Labelled label={i18n._("Agents")} error={draft.errorOf("members")}>
            <Words
              label={i18n._("Agents")}
              value={members}
              onChange={(next) => draft.set("members", next)}
              options={agents.map((agent) => ({ value: agent.id, label: agent.name }))}
              placeholder={i18n._("Add by name")}
              disabled={disabled}
            />
          </Labelled>
        ) : (
          <Labelled
            label={i18n._("Skill")}
            hint={i18n._("Who gets the skill later is in the pool from then on.")}
            error={draft.errorOf("skill")}
          >
            <Words
              label={i18n._("Skill")}
              value={skill === "" ? [] : [skill]}
              onChange={(next) => draft.set("skill", next.at(-1) ?? "")}
              options={skills.map((each) => ({ value: each, label: each }))}
              isFree
              placeholder={i18n._("refunds")}
              disabled={disabled}
            />
          </Labelled>
        )}
        {able.length === 0 ? (
          <p className="text-xs font-medium text-warn">
            {i18n._("Nobody is in this pool: nobody could claim what meets its conditions.")}
          </p>
        ) : (
          by === "skill" && (
            <ul
              className="flex flex-wrap gap-x-3 gap-y-1.5 text-[0.8125rem]"
              aria-label={i18n._("In the pool now")}
            >
              {able.map((agent) => (
                <li key={agent.id} className="flex items-center gap-1.5">
                  <Avatar name={agent.name} size={5} />
                  {agent.name}
                </li>
              ))}
            </ul>
          )
        )}
      </div>
    </Card>
  );
}
