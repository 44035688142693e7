/** What verbs and facts of ownership are called. */
import { i18n } from "@lingui/core";

import type { Prospect } from "@/api/types";
import type { Verb } from "@/realtime/state";

/** What is being done, while the server has not confirmed it. */
export function pendingText(verb: Verb): string {
  const texts: Record<Verb, string> = {
    claim: i18n._("Claiming…"),
    release: i18n._("Releasing…"),
    undo: i18n._("Undoing…"),
    "hand-back": i18n._("Handing back…"),
    reassign: i18n._("Reassigning…"),
    "force-release": i18n._("Releasing…"),
    resolve: i18n._("Resolving…"),
    reopen: i18n._("Reopening…"),
    archive: i18n._("Archiving…"),
    snooze: i18n._("Snoozing…"),
    wake: i18n._("Waking…"),
    spam: i18n._("Marking as spam…"),
    "not-spam": i18n._("Taking it back…"),
  };
  return texts[verb];
}

/** "Ana, Sam and Kim" in the language of the app. */
export function list(names: readonly (string | null)[]): string {
  return new Intl.ListFormat(i18n.locale, { type: "conjunction" }).format(
    names.map((name) => name ?? i18n._("somebody")),
  );
}

export function availabilityText(availability: Prospect["availability"]): string {
  const texts = { available: i18n._("Available"), away: i18n._("Away"), off_shift: i18n._("Off shift") };
  return texts[availability];
}
