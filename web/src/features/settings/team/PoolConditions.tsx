import { useQuery } from "@tanstack/react-query";
import { i18n } from "@lingui/core";

import { tagsQuery } from "@/api/queries";
import { ChannelIcon, channelName } from "@/ui/channels";

import { Card } from "../parts/Card";
import { Choices } from "../parts/Choices";
import { Labelled } from "../parts/Labelled";
import { languageOptions } from "@/ui/languages";
import type { Draft } from "@/ui/useDraft";
import { Words } from "../parts/Words";
import { priorityName } from "./ConditionBadges";
import { hasCondition, type Conditions, type PoolDraft } from "./poolDraft";

const PRIORITIES = ["low", "normal", "high", "urgent"] as const;
const CHANNELS = ["widget", "whatsapp", "email", "api"] as const;

/** Which conversations a pool is about: at least one condition of any kind. */
export function PoolConditions({ draft, disabled }: { draft: Draft<PoolDraft>; disabled: boolean }) {
  const { data: tags = [] } = useQuery(tagsQuery);
  const { conditions } = draft.value;
  const set = (changes: Partial<Conditions>) => draft.set("conditions", { ...conditions, ...changes });
  const error = draft.errorOf("conditions");
  return (
    <Card
      title={i18n._("Conditions")}
      intro={i18n._("A conversation that meets any one of them belongs to the pool.")}
    >
      <div className="space-y-4">
        <Labelled label={i18n._("Tags")}>
          <Words
            label={i18n._("Tags")}
            value={conditions.tags}
            onChange={(next) => set({ tags: next })}
            options={tags.map((tag) => ({ value: tag.name, label: tag.name }))}
            isFree
            placeholder={i18n._("billing")}
            disabled={disabled}
          />
        </Labelled>
        <Labelled label={i18n._("Priorities")}>
          <Choices
            label={i18n._("Priorities")}
            value={conditions.priorities}
            onChange={(priorities) => set({ priorities })}
            options={PRIORITIES.map((value) => ({ value, label: priorityName(value) }))}
            disabled={disabled}
          />
        </Labelled>
        <Labelled label={i18n._("Languages")}>
          <Words
            label={i18n._("Languages")}
            value={conditions.languages}
            onChange={(languages) => set({ languages })}
            options={languageOptions()}
            placeholder={i18n._("Spanish")}
            disabled={disabled}
          />
        </Labelled>
        <Labelled label={i18n._("Channels")}>
          <Choices
            label={i18n._("Channels")}
            value={conditions.channels}
            onChange={(channels) => set({ channels })}
            options={CHANNELS.map((value) => ({
              value,
              label: channelName(value),
              icon: <ChannelIcon channel={value} />,
            }))}
            disabled={disabled}
          />
        </Labelled>
        {!hasCondition(conditions) && (
          <p className="text-xs font-medium text-warn">{i18n._("Name at least one condition.")}</p>
        )}
        {error !== undefined && (
          <p role="alert" className="text-xs font-medium text-bad">
            {error}
          </p>
        )}
      </div>
    </Card>
  );
}
