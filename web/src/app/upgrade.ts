/** A page that was open during an upgrade asks for files that are gone: one reload brings the new ones. */
const KEPT = "dibs.reloaded";
/** A second reload so soon would not help either. */
const PAUSE_MS = 60_000;

/** Reloads when a part of the app is missing because there is a newer one. What is being written is kept by its draft. */
export function reloadAfterUpgrades(): void {
  window.addEventListener("vite:preloadError", () => void reloadIfNewer());
}

async function reloadIfNewer(): Promise<void> {
  if (isWriting() || !(await isNewer()) || isWriting() || !isFirst()) return;
  location.reload();
}

/** A form keeps nothing; the composer does, at every letter. What is missing is missed again when the form is done. */
function isWriting(): boolean {
  return (
    document.activeElement?.matches("[role=dialog] :is(input, textarea), form :is(input, textarea)") ?? false
  );
}

/** Whether the server's document names another script than this one. Without an answer it is the network that is gone. */
async function isNewer(): Promise<boolean> {
  try {
    const answer = await fetch("/", { cache: "no-store", headers: { accept: "text/html" } });
    return answer.ok && !(await answer.text()).includes(new URL(import.meta.url).pathname);
  } catch {
    return false;
  }
}

function isFirst(): boolean {
  try {
    if (Date.now() - Number(sessionStorage.getItem(KEPT) ?? 0) < PAUSE_MS) return false;
    sessionStorage.setItem(KEPT, String(Date.now()));
    return true;
  } catch {
    // Without a memory it might go on for ever.
    return false;
  }
}
