import { i18n } from "@lingui/core";
import { CircleAlert, CircleCheck, CirclePause } from "lucide-react";

import type { Channel } from "@/api/types";
import { Badge } from "@/ui/Badge";

/** Whether a channel works, in a word. */
export function ChannelState({ channel }: { channel: Channel }) {
  if (!channel.active)
    return (
      <Badge icon={<CirclePause size={12} aria-hidden="true" />}>
        {i18n._({ id: "Paused (channel)", message: "Paused" })}
      </Badge>
    );
  if (channel.problem !== null) {
    return (
      <Badge tone="bad" icon={<CircleAlert size={12} aria-hidden="true" />}>
        {i18n._("Does not work")}
      </Badge>
    );
  }
  return (
    <Badge tone="mine" icon={<CircleCheck size={12} aria-hidden="true" />}>
      {i18n._("Works")}
    </Badge>
  );
}
