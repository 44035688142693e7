import { Problem, Unreachable } from "@/api/problem";
import type { Conversation } from "@/api/types";
import { reread, type Outcome } from "@/realtime/verbs";

/** The outcome of something that is no write on the owner itself. After a refusal the true owner is read. */
export async function attempt(known: Conversation, call: () => Promise<Conversation>): Promise<Outcome> {
  try {
    return { done: true, conversation: await call() };
  } catch (error) {
    if (error instanceof Problem) {
      return { done: false, why: "refused", problem: error, conversation: await reread(known.id) };
    }
    if (!(error instanceof Unreachable)) throw error;
    return { done: false, why: "unanswered", problem: undefined, conversation: known };
  }
}
