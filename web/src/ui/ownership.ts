/** Ownership verbs whose result is said in the one place where results are said, with undo where it can be undone. */
import { i18n } from "@lingui/core";

import type { Problem } from "@/api/problem";
import type { Conversation } from "@/api/types";
import { claim, release, undoClaim, type Outcome } from "@/realtime/verbs";

import { say } from "./status";
import { span } from "./time";

const MINUTE_MS = 60_000;

/** A customer's name for people; one who gave none has one too. */
export function customerName(conversation: Conversation): string {
  return conversation.contact.name ?? i18n._("Unnamed customer");
}

/** Claims a conversation; the true owner is named when somebody was first. */
export function claimAloud(id: string): Promise<Outcome> {
  return aloud(
    () => claim(id),
    (conversation) => i18n._("Claimed. {name} is yours.", { name: customerName(conversation) }),
    () => void undoClaimAloud(id),
  );
}

/** Releases a conversation. Taking that back claims it again, if nobody else has. */
export function releaseAloud(id: string, options: Parameters<typeof release>[1] = {}): Promise<Outcome> {
  return aloud(
    () => release(id, options),
    (conversation) =>
      options.hand_back
        ? i18n._("Released {name} to the bot.", { name: customerName(conversation) })
        : i18n._("Released {name}.", { name: customerName(conversation) }),
    () => void claimAloud(id),
  );
}

/** Takes a fresh claim back as if it had not been. */
export function undoClaimAloud(id: string): Promise<Outcome> {
  return aloud(
    () => undoClaim(id),
    (conversation) =>
      i18n._("Claim undone. {name} is unclaimed again.", { name: customerName(conversation) }),
  );
}

/** Does something and says what came of it. */
export async function aloud(
  verb: () => Promise<Outcome>,
  done: (conversation: Conversation) => string,
  undo?: () => void,
): Promise<Outcome> {
  const pressedAt = Date.now();
  const outcome = await verb();
  if (outcome.done) sayDone(outcome.conversation, done(outcome.conversation), undo);
  else sayNotDone(outcome, pressedAt);
  return outcome;
}

/** Says what was done to a conversation; what was said about it before no longer counts. */
export function sayDone({ id }: Conversation, text: string, undo?: () => void): void {
  say(text, { tone: "good", about: id, ...(undo && { undo }) });
}

/** Says why something was not done; a write that was not even sent needs no words, what events tell no second ones. */
export function sayNotDone(outcome: Outcome, pressedAt: number): void {
  if (outcome.done || outcome.why === "busy" || outcome.why === "overtaken") return;
  const about = outcome.conversation === undefined ? {} : { about: outcome.conversation.id };
  if (outcome.why === "refused") {
    say(refusal(outcome.problem, pressedAt), { tone: "bad", ...about });
    return;
  }
  say(i18n._("The server did not answer. What you see now is what is known for certain."), {
    tone: "bad",
    isAlert: true,
    ...about,
  });
}

/** A refusal in a sentence; who was faster, and by how much. */
export function refusal(problem: Problem, pressedAt: number): string {
  const { assignee, claimed_at } = problem.members;
  if (problem.code !== "already_claimed" || !assignee) return problem.message;
  const name = assignee.name ?? i18n._("somebody else");
  if (claimed_at === undefined) return i18n._("Claimed by {name}", { name });
  const earlier = pressedAt - Date.parse(claimed_at);
  // Clocks differ and the answer took a while: less than a second is all that is known.
  if (earlier < 1_000) return i18n._("Claimed by {name}, less than 1 s before you", { name });
  if (earlier < MINUTE_MS) {
    return i18n._("Claimed by {name}, {seconds} s before you", {
      name,
      seconds: Math.round(earlier / 1_000),
    });
  }
  return i18n._("Claimed by {name}, {time} before you", { name, time: span(earlier) });
}
