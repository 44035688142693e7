import { useInfiniteQuery } from "@tanstack/react-query";
import { i18n } from "@lingui/core";

import { duration } from "@/ui/numbers";

import { BehindPages } from "./BehindPages";
import { BehindRow } from "./BehindRow";
import { momentsIn } from "./periods";
import { collisionsQuery, type Collision } from "./queries";

/** The moments that a count is made of, each with a link to its conversation. */
export function CollisionsList({
  behind,
  zone,
}: {
  behind: Parameters<typeof collisionsQuery>[0];
  zone: string;
}) {
  const found = useInfiniteQuery(collisionsQuery(behind));
  return (
    <BehindPages<Collision> found={found} nothing={i18n._("Nothing of the kind in this period.")}>
      {({ id, conversation_id, contact, channel, at, lead_seconds }) => (
        <BehindRow
          key={id}
          conversationId={conversation_id}
          contact={contact}
          channel={channel}
          detail={[
            momentsIn(at, null, zone),
            ...(lead_seconds === null
              ? []
              : [i18n._("{lead} after somebody else", { lead: duration(lead_seconds) })]),
          ].join(" · ")}
        />
      )}
    </BehindPages>
  );
}
