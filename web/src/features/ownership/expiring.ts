/** Claims of ours that are about to be released, and when. Pure. */
import type { LiveEvent } from "@/realtime/frames";

/** By conversation: the customer, and when it goes back to Unclaimed unless we keep it. */
export type Expiring = ReadonlyMap<string, { readonly name: string | null; readonly releasesAt: string }>;

export function withEvents(known: Expiring, events: readonly LiveEvent[], myId: string): Expiring {
  const next = new Map(known);
  for (const event of events) {
    if (!event.kind.startsWith("conversation.") || !("conversation" in event)) continue;
    const { id, assignee, contact } = event.conversation;
    if (event.kind === "conversation.stale" && event.releases_at !== undefined && assignee?.id === myId) {
      next.set(id, { name: contact.name, releasesAt: event.releases_at });
    } else if (assignee?.id !== myId || event.kind === "conversation.stale_cleared") {
      next.delete(id);
    }
  }
  const isSame = next.size === known.size && [...next].every(([id, each]) => known.get(id) === each);
  return isSame ? known : next;
}
