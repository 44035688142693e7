import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";

import { agentsQuery, cannedRepliesQuery } from "@/api/queries";

import { EMOJI } from "./emoji";
import { filled } from "./filled";
import { ranked, type Suggestion } from "./rank";
import type { Trigger } from "./trigger";

const none: readonly Suggestion[] = [];
const emoji: readonly Suggestion[] = EMOJI.map(([code, sign]) => ({
  id: code,
  label: `${sign}  :${code}:`,
  text: sign,
  words: [code],
}));

/** What fits the trigger now. Colleagues and canned replies are read when somebody asks for them. */
export function useSuggestions(
  trigger: Trigger | undefined,
  names: { customer: string | undefined; agent: string },
): readonly Suggestion[] {
  const sign = trigger?.sign;
  const { data: agents } = useQuery({ ...agentsQuery, enabled: sign === "@" });
  const { data: replies } = useQuery({ ...cannedRepliesQuery, enabled: sign === "/" });
  const { customer, agent } = names;
  const all = useMemo(() => {
    switch (sign) {
      case "@":
        return (agents ?? [])
          .filter((each) => each.active)
          .map(({ id, name, email }) => ({
            id,
            label: name,
            hint: email,
            text: `@${name}`,
            words: [name, email],
          }));
      case "/":
        return (replies ?? []).map(({ id, title, text, shortcut }) => {
          const full = filled(text, { customer, agent });
          return {
            id,
            label: shortcut === null ? title : `${title}  /${shortcut}`,
            hint: full,
            text: full,
            words: [shortcut ?? "", title, text],
          };
        });
      case ":":
        return emoji;
      case undefined:
        return none;
    }
  }, [sign, agents, replies, customer, agent]);
  return useMemo(() => (trigger === undefined ? none : ranked(all, trigger.query)), [all, trigger]);
}
