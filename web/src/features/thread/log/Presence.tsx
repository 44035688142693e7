import { i18n } from "@lingui/core";
import { PenLine } from "lucide-react";

import { usePresence } from "@/realtime/hooks";
import { useCustomerTyping } from "@/realtime/typing";

/** What others write here at this moment: advice, never the lock. `drafting`: who has left something unfinished. */
export function Presence({
  conversationId,
  customer,
  drafting,
}: {
  conversationId: string;
  customer: string;
  drafting: readonly string[];
}) {
  const here = [...usePresence(conversationId).values()];
  const lines = here.flatMap(({ agent, state }) => {
    const name = agent.name ?? i18n._("Somebody");
    if (state === "replying") return [i18n._("{name} is writing a reply", { name })];
    if (state === "noting") return [i18n._("{name} is writing a note", { name })];
    return [];
  });
  const writing = new Set(
    here.filter(({ state }) => state === "replying" || state === "noting").map(({ agent }) => agent.name),
  );
  for (const name of drafting) {
    if (!writing.has(name)) lines.push(i18n._("{name} has a draft", { name }));
  }
  if (useCustomerTyping(conversationId)) lines.unshift(i18n._("{customer} is writing…", { customer }));
  if (lines.length === 0) return null;
  return (
    <p className="flex items-center gap-1.5 px-4 pb-1.5 text-xs text-quiet sm:px-6">
      <PenLine size={13} aria-hidden="true" className="shrink-0 motion-safe:animate-pulse" />
      <span className="truncate">{lines.join(" · ")}</span>
    </p>
  );
}
