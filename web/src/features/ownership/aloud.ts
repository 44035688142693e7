/** Verbs of the open conversation that need no question first; their results are said. */
import { i18n } from "@lingui/core";

import {
  archive,
  handBack,
  markNotSpam,
  markSpam,
  reopen,
  resolve,
  wake,
  type Outcome,
} from "@/realtime/verbs";
import { aloud, claimAloud, customerName } from "@/ui/ownership";

export { claimAloud };

/** Undone by reopening it, and claiming it too when it was ours. */
export function resolveAloud(id: string, wasMine: boolean, note?: string): Promise<Outcome> {
  return aloud(
    () => resolve(id, note),
    (conversation) => i18n._("Resolved {name}.", { name: customerName(conversation) }),
    () => void reopenAloud(id, wasMine),
  );
}

export function reopenAloud(id: string, claimIt: boolean): Promise<Outcome> {
  return aloud(
    () => reopen(id, claimIt),
    (conversation) => {
      const name = customerName(conversation);
      return claimIt ? i18n._("Reopened. {name} is yours.", { name }) : i18n._("Reopened {name}.", { name });
    },
  );
}

/** Undone by claiming it again when it was ours. */
export function handBackAloud(id: string, wasMine: boolean): Promise<Outcome> {
  return aloud(
    () => handBack(id),
    (conversation) => i18n._("Handed {name} back to the bot.", { name: customerName(conversation) }),
    wasMine ? () => void claimAloud(id) : undefined,
  );
}

export function wakeAloud(id: string): Promise<Outcome> {
  return aloud(
    () => wake(id),
    (conversation) =>
      i18n._("{name} is back in the open conversations.", { name: customerName(conversation) }),
  );
}

export function archiveAloud(id: string): Promise<Outcome> {
  return aloud(
    () => archive(id),
    (conversation) => i18n._("Archived {name}.", { name: customerName(conversation) }),
  );
}

/** Kept apart from then on: what comes to it tells nobody. */
export function spamAloud(id: string): Promise<Outcome> {
  return aloud(
    () => markSpam(id),
    (conversation) => i18n._("{name} is kept apart as spam.", { name: customerName(conversation) }),
    () => void notSpamAloud(id),
  );
}

export function notSpamAloud(id: string): Promise<Outcome> {
  return aloud(
    () => markNotSpam(id),
    (conversation) =>
      i18n._("{name} is back in the open conversations, unclaimed.", { name: customerName(conversation) }),
  );
}
