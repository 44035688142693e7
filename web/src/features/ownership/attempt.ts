import { i18n } from "@lingui/core";

import { Problem, Unreachable } from "@/api/problem";
import { reread } from "@/realtime/verbs";

/** `sentence`: for a person, why it was not done, or that this is unknown. */
export type Attempt = { done: true } | { done: false; problem: Problem | undefined; sentence: string };

/** Does something about a conversation that is no write on its owner. After a refusal the true owner is read. */
export async function attempt(conversationId: string, call: () => Promise<unknown>): Promise<Attempt> {
  try {
    await call();
    return { done: true };
  } catch (error) {
    if (error instanceof Problem) {
      await reread(conversationId);
      return { done: false, problem: error, sentence: error.message };
    }
    if (!(error instanceof Unreachable)) throw error;
    const sentence = i18n._(
      "The server did not answer, so it is not known whether this was done. Try again.",
    );
    return { done: false, problem: undefined, sentence };
  }
}
