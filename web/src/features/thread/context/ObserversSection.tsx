import { i18n } from "@lingui/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Eye, EyeOff } from "lucide-react";
import { useState } from "react";

import { api, body } from "@/api/client";
import { observersQuery } from "@/api/queries";
import type { Conversation, Me } from "@/api/types";
import { put } from "@/realtime/store";
import { Avatar } from "@/ui/Avatar";
import { Button } from "@/ui/Button";

import { attempt } from "./edit";
import { Section } from "./Section";

/** Who watches beside the owner; they never answer the customer. */
export function ObserversSection({ conversation, me }: { conversation: Conversation; me: Me }) {
  const { id, assignee } = conversation;
  const client = useQueryClient();
  const [problem, setProblem] = useState<string>();
  // The conversation's header reads it again when somebody joins or leaves.
  const observers = useQuery(observersQuery(id)).data?.data ?? [];
  const isObserving = observers.some((each) => each.id === me.agent.id);
  const toggle = async () => {
    const asked = { params: { path: { conversation_id: id, agent_id: "me" } } };
    const route = "/v1/conversations/{conversation_id}/observers/{agent_id}";
    const refused = await attempt(async () => {
      put(await body(isObserving ? api.DELETE(route, asked) : api.PUT(route, asked)));
      await client.invalidateQueries({ queryKey: observersQuery(id).queryKey });
      void client.invalidateQueries({ queryKey: ["counts"] });
    });
    setProblem(refused);
  };
  const canObserve = me.role !== "viewer" && (assignee?.id !== me.agent.id || isObserving);
  return (
    <Section id="observers" title={i18n._("Observers")} count={observers.length}>
      {observers.length === 0 ? (
        <p className="text-[0.8125rem] text-quiet">{i18n._("Nobody observes this conversation.")}</p>
      ) : (
        <ul className="space-y-1.5">
          {observers.map((each) => (
            <li key={each.id} className="flex items-center gap-2 text-[0.8125rem]">
              <Avatar name={each.name} size={5} />
              <span className="truncate">{each.id === me.agent.id ? i18n._("You") : each.name}</span>
            </li>
          ))}
        </ul>
      )}
      {canObserve && (
        <Button
          small
          action="observe"
          icon={isObserving ? <EyeOff size={14} /> : <Eye size={14} />}
          className="mt-2"
          onClick={() => void toggle()}
        >
          {isObserving ? i18n._("Stop observing") : i18n._("Observe")}
        </Button>
      )}
      {problem !== undefined && (
        <p role="alert" className="mt-1 text-xs font-medium text-bad">
          {problem}
        </p>
      )}
    </Section>
  );
}
