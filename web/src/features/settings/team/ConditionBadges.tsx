import { i18n } from "@lingui/core";
import { Flag, Languages, Tag } from "lucide-react";

import { Badge } from "@/ui/Badge";
import { ChannelIcon, channelName } from "@/ui/channels";

import { languageName } from "@/ui/languages";
import type { Conditions } from "./poolDraft";

export function priorityName(priority: string): string {
  const names: Record<string, string> = {
    low: i18n._("Low"),
    normal: i18n._("Normal"),
    high: i18n._("High"),
    urgent: i18n._("Urgent"),
  };
  return names[priority] ?? priority;
}

/** A pool's conditions as words: any one that is met is enough. */
export function ConditionBadges({ conditions }: { conditions: Conditions }) {
  return (
    <ul className="flex flex-wrap gap-1" aria-label={i18n._("Conditions")}>
      {conditions.tags.map((tag) => (
        <li key={`tag ${tag}`}>
          <Badge icon={<Tag size={11} aria-hidden="true" />}>{tag}</Badge>
        </li>
      ))}
      {conditions.priorities.map((priority) => (
        <li key={`priority ${priority}`}>
          <Badge tone="warn" icon={<Flag size={11} aria-hidden="true" />}>
            {priorityName(priority)}
          </Badge>
        </li>
      ))}
      {conditions.languages.map((code) => (
        <li key={`language ${code}`}>
          <Badge tone="accent" icon={<Languages size={11} aria-hidden="true" />}>
            {languageName(code)}
          </Badge>
        </li>
      ))}
      {conditions.channels.map((channel) => (
        <li key={`channel ${channel}`}>
          <Badge tone="other" icon={<ChannelIcon channel={channel} size={11} />}>
            {channelName(channel)}
          </Badge>
        </li>
      ))}
    </ul>
  );
}
