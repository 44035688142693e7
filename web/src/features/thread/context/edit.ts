/** Changes of a conversation that are not its ownership. */
import { i18n } from "@lingui/core";

import { api, body } from "@/api/client";
import { fieldError, Problem, Unreachable } from "@/api/problem";
import type { components } from "@/api/schema";
import { put } from "@/realtime/store";
import { say } from "@/ui/status";

type Edit = components["schemas"]["Edit"];

/** Saves a change. Returns why it was refused, or undefined. */
export async function editConversation(id: string, change: Edit): Promise<string | undefined> {
  return attempt(async () => {
    put(
      await body(
        api.PATCH("/v1/conversations/{conversation_id}", {
          params: { path: { conversation_id: id } },
          body: change,
        }),
      ),
    );
  });
}

/** Saves a change that a key made: the result is said, there is nothing beside which it could stand. */
export async function editAloud(id: string, change: Edit, done: string): Promise<void> {
  const problem = await editConversation(id, change);
  if (problem === undefined) say(done, { tone: "good" });
  else say(problem, { tone: "bad" });
}

/** Runs a write; a refusal or an answer that got lost comes back as a sentence. */
export async function attempt(write: () => Promise<unknown>, field?: string): Promise<string | undefined> {
  try {
    await write();
    return undefined;
  } catch (error) {
    if (error instanceof Unreachable) return i18n._("The server did not answer: not saved. Try again.");
    if (!(error instanceof Problem)) throw error;
    return (field === undefined ? undefined : fieldError(error, field)) ?? error.message;
  }
}
