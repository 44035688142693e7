/** What the first screen does without: it comes as soon as that is drawn and the browser has nothing else to do. */
import { useEffect } from "react";

import { useLive } from "@/realtime/hooks";
import { late } from "@/ui/late";
import { popups } from "@/ui/popups";

export const tips = late(() => import("@/ui/TipLayer"));
export const panes = () => import("./ConversationPanes");

/** Of great use within seconds, all the same. */
const REST: readonly (() => Promise<unknown>)[] = [
  panes,
  popups.load,
  tips.load,
  () => import("@/features/thread/context/Context"),
  () => import("@/features/ownership/dialogs/OwnershipDialog"),
];
/** Longer than this nobody is too busy for it. */
const LONGEST_MS = 3_000;

/** Fetches the rest once the first list is there. */
export function useRest(): void {
  const isListed = useLive((state) => state.cursor !== null);
  useEffect(() => {
    if (!isListed) return undefined;
    return whenIdle(() => {
      // What did not come now comes when it is wanted.
      for (const load of REST) load().catch(() => undefined);
    });
  }, [isListed]);
}

function whenIdle(run: () => void): () => void {
  // Safari has no idea of idleness.
  if (!("requestIdleCallback" in window)) {
    const timer = setTimeout(run, LONGEST_MS / 10);
    return () => clearTimeout(timer);
  }
  const asked = requestIdleCallback(run, { timeout: LONGEST_MS });
  return () => cancelIdleCallback(asked);
}
