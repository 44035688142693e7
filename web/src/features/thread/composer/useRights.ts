import { useQuery } from "@tanstack/react-query";

import { eligibilityQuery } from "@/api/queries";
import type { Conversation, Me } from "@/api/types";
import { useNow } from "@/ui/time";

import { rights, type Rights } from "./rights";

/** What I may write here now. The server is asked about pools and limit only where they matter. */
export function useRights(conversation: Conversation, me: Me): Rights {
  const now = useNow();
  const isOpen = conversation.status === "open" || conversation.status === "snoozed";
  const matters = isOpen && conversation.assignee === null && me.role !== "viewer";
  const { data } = useQuery({ ...eligibilityQuery(conversation.id), enabled: matters });
  const mine = matters ? data?.data.find((each) => each.agent.id === me.agent.id) : undefined;
  const autoClaim = me.preferences.auto_claim_on_reply;
  return rights(conversation, me.agent.id, me.role, autoClaim, mine, now);
}
