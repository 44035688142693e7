/** Who is signed in, in all pages of this browser: they share one cookie, so it is the same person everywhere. */
import { ownDrafts } from "@/features/thread/composer/drafts";

const channel = new BroadcastChannel("dibs.person");
let person: string | undefined;

/** Says whose this page is. A page that is still somebody else's starts anew: what it wrote would be in the wrong name. */
export function isPageOf(agentId: string): void {
  if (person === agentId) return;
  person = agentId;
  channel.postMessage(agentId);
}

channel.onmessage = ({ data }: MessageEvent<string>) => {
  if (person === undefined || person === data) return;
  // A page that is left saves its drafts; they stay here, for when their author is back.
  ownDrafts("");
  location.reload();
};

// Back leads to a page as it was left, though its person may have signed out since.
window.addEventListener("pageshow", ({ persisted }) => {
  if (persisted && person !== undefined) location.reload();
});
