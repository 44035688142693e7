import { useQuery } from "@tanstack/react-query";

import { api, body } from "@/api/client";
import { eligibilityQuery, meQuery } from "@/api/queries";
import type { Conversation, Me, Prospect } from "@/api/types";
import { useConversation, usePending } from "@/realtime/hooks";
import type { Pending } from "@/realtime/state";
import { put } from "@/realtime/store";

import { possible, whose, type Possible, type Whose } from "./possible";

/** All that decides what the header shows. */
export interface Ownership {
  conversation: Conversation;
  me: Me;
  whose: Whose;
  /** Our own unconfirmed write. */
  pending: Pending | undefined;
  /** What we can do now; nothing while a write of ours is under way. */
  can: Possible;
  /** Our own line of the eligibility, once it is known. */
  mine: Prospect | undefined;
}

/** The ownership of a conversation as we see it; undefined until the conversation is known, null when it is not there. */
export function useOwnership(conversationId: string): Ownership | undefined | null {
  const conversation = useConversation(conversationId);
  const { isError } = useQuery({
    queryKey: ["conversation", conversationId],
    queryFn: async () => {
      const read = await body(
        api.GET("/v1/conversations/{conversation_id}", {
          params: { path: { conversation_id: conversationId } },
        }),
      );
      put(read);
      return read.id;
    },
    enabled: conversation === undefined,
  });
  const { data: me } = useQuery(meQuery);
  const { data: eligibility } = useQuery(eligibilityQuery(conversationId));
  const pending = usePending(conversationId);
  if (conversation === undefined || me === undefined) return isError ? null : undefined;
  const mine = eligibility?.data.find(({ agent }) => agent.id === me.agent.id);
  const can = possible(conversation, me, mine);
  return {
    conversation,
    me,
    mine,
    pending,
    whose: whose(conversation, me.agent.id),
    can: pending === undefined ? can : nothing(can),
  };
}

function nothing(can: Possible): Possible {
  return Object.fromEntries(Object.keys(can).map((each) => [each, false])) as unknown as Possible;
}
