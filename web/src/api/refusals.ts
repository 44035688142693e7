/** What a refusal says to a person in their language. Codes are the server's; its own sentence is English. */
import { i18n } from "@lingui/core";

import type { ProblemMembers } from "./problem";
import type { Named } from "./types";

type Sentence = (members: ProblemMembers) => string;

/** Codes that mean one thing each: said from the catalogue in every language. */
const SENTENCES: Readonly<Record<string, Sentence>> = {
  already_claimed: ({ assignee }) =>
    i18n._("{name} holds this conversation. Ask them for it, or leave a note.", { name: nameOf(assignee) }),
  not_claimed: () => i18n._("Nobody holds this conversation. Claim it instead."),
  conversation_closed: ({ status }) =>
    status === "archived"
      ? i18n._("This conversation is archived. Reopen it first.")
      : i18n._("This conversation is resolved. Reopen it first."),
  not_resolved: () => i18n._("This conversation is not resolved. Resolve it first."),
  stale_epoch: () =>
    i18n._("This conversation changed hands since you looked. Look at it again, then decide."),
  unseen_messages: () => i18n._("Somebody else answered since you looked. Read it, then decide."),
  request_closed: () => i18n._("This request is no longer open. Ask again if it still matters."),
  bulk_limit_exceeded: ({ limit = 0, given = 0 }) =>
    i18n._("At most {limit} conversations at once; you sent {given}. Nothing was done: send fewer.", {
      limit,
      given,
    }),
  contact_in_use: () => i18n._("This contact has conversations. Merge it into another contact, or keep it."),
  idempotency_in_flight: () => i18n._("The first request is still running. Ask again shortly."),
  internal_error: ({ request_id = "–" }) =>
    i18n._("Dibs failed on this request; nothing was changed. Tell your operator the request id: {id}", {
      id: request_id,
    }),
};

/** Codes whose English sentence says more than the code and its members do. */
const ROUGHLY: Readonly<Record<string, Sentence>> = {
  claim_limit_reached: ({ held = 0, limit = 0 }) =>
    i18n._("{held} of {limit} conversations are held. Release or resolve one first.", { held, limit }),
  pool_restricted: ({ pools = [] }) =>
    i18n._("Only {pools} may claim this conversation. Ask a member, or an admin.", {
      pools: new Intl.ListFormat(i18n.locale).format(pools.map(nameOf)),
    }),
  forbidden: ({ needs }) => lacking(needs),
  not_found: () => i18n._("That is not there, or not any more."),
  wrong_password: () =>
    i18n._("That address and password do not belong together. Check both, or reset the password."),
  unauthenticated: () => i18n._("Your session has ended. Sign in again."),
  invalid: () => i18n._("The server does not accept what was entered. Check it."),
  too_large: () => i18n._("That is too large. Send less at once."),
  rate_limited: ({ retry_after = 60 }) =>
    i18n._("Too many requests. Wait {seconds} seconds and try again.", { seconds: retry_after }),
  unavailable: () => i18n._("The database cannot be reached; nothing was changed. Try again in a moment."),
};

/** The sentence for a code with its members; the server's own where the catalogue knows no better. */
export function sentenceOf(code: string, members: ProblemMembers, detail: string): string {
  // Before there is a catalogue.
  if (i18n.locale === "") return detail;
  const sentence = SENTENCES[code] ?? (isEnglish() ? undefined : ROUGHLY[code]);
  return sentence === undefined ? detail : sentence(members);
}

function lacking(needs: string | undefined): string {
  switch (needs) {
    case "owner":
      return i18n._("Only the owner of the workspace may do that.");
    case "admin":
      return i18n._("Only an admin may do that.");
    case "agent":
      return i18n._("Your role does not let you do that. Ask an admin.");
    case "assignee":
      return i18n._("Only who holds the conversation may do that.");
    case "code":
      return i18n._("This is not the code that dibs serve printed. Open the whole link that it printed.");
    case "unblocked_contact":
      return i18n._("This contact is blocked. Unblock it first.");
    default:
      return i18n._("You are not allowed to do that.");
  }
}

/** What the server says about a field, of which there are many kinds: the usual ones in the person's language. */
const FIELDS: readonly (readonly [RegExp, (found: string) => string])[] = [
  [/^Field required$/, () => i18n._("This is missing.")],
  [/at least (\d+) characters?$/, (count) => i18n._("Use at least {count} characters.", { count })],
  [/at most (\d+) characters?$/, (count) => i18n._("Use at most {count} characters.", { count })],
  [/greater than or equal to (-?\d+)$/, (least) => i18n._("Use {least} or more.", { least })],
  [/less than or equal to (-?\d+)$/, (most) => i18n._("Use {most} or less.", { most })],
  [/valid email address/, () => i18n._("This is no email address.")],
  [/(?:taken|exists|in use)/, () => i18n._("This is taken already.")],
];

export function fieldSentence(message: string): string {
  if (isEnglish()) return message;
  for (const [pattern, sentence] of FIELDS) {
    const found = pattern.exec(message);
    if (found !== null) return sentence(found[1] ?? "");
  }
  return message;
}

function nameOf(named: Named | null | undefined): string {
  return named?.name ?? i18n._("somebody else");
}

function isEnglish(): boolean {
  return i18n.locale === "" || i18n.locale.startsWith("en");
}
