/** One action on many conversations: each id has its own outcome, and most of it can be taken back. */
import { api, body, newKey } from "@/api/client";
import { Problem, Unreachable } from "@/api/problem";
import type { components } from "@/api/schema";
import type { Conversation } from "@/api/types";
import { getState } from "@/realtime/store";
import { reopen, reread, undoClaim, wake } from "@/realtime/verbs";

export type BulkAction = "claim" | "release" | "reassign" | "resolve" | "snooze" | "tag";
export type BulkOutcome = components["schemas"]["BulkOutcome"];

export interface BulkJob {
  readonly action: BulkAction;
  /** In the order of the list: that is how room under the limit is given. */
  readonly ids: readonly string[];
  /** What the action needs besides the ids. */
  readonly more: Readonly<Record<string, unknown>>;
}

type Answer = Pick<BulkResult, "results" | "held" | "limit">;

export interface BulkResult extends BulkJob {
  readonly results: readonly BulkOutcome[];
  /** Of a claim: how many are held now, of how many that may be. */
  readonly held?: number;
  readonly limit?: number;
  /** The conversations as they were. */
  readonly before: ReadonlyMap<string, Conversation>;
}

const TRIES = 4;
const PAUSE_MS = 700;
const AT_ONCE = 6;

/** Outcomes by which something was changed. */
const CHANGED = new Set(["claimed", "done"]);

/** Does it. An answer that got lost is asked for again with the same key: nothing is done twice. */
export async function runBulk({ action, ids, more }: BulkJob): Promise<BulkResult> {
  const before = new Map<string, Conversation>();
  for (const id of ids) {
    const known = getState().conversations.get(id);
    if (known !== undefined) before.set(id, known);
  }
  const asked = {
    params: { header: { "Idempotency-Key": newKey() } },
    body: { conversation_ids: [...ids], ...more },
  };
  for (let tries = 1; ; tries++) {
    try {
      const route = `/v1/conversations/bulk/${action}` as "/v1/conversations/bulk/claim";
      const answer: Answer = await body(api.POST(route, asked as never));
      setTimeout(() => void rereadUntold(before), PAUSE_MS);
      return { action, ids, more, before, ...answer };
    } catch (error) {
      const isLost =
        error instanceof Unreachable || (error instanceof Problem && error.code === "idempotency_in_flight");
      if (!isLost || tries >= TRIES) throw error;
      await new Promise((go) => setTimeout(go, PAUSE_MS));
    }
  }
}

/** The ids that the action changed. */
export function changed({ results }: BulkResult): string[] {
  return results.filter(({ outcome }) => CHANGED.has(outcome)).map(({ id }) => id);
}

/** Whether what was done can be taken back: a conversation handed to somebody else is theirs. */
export function canUndo(result: BulkResult): boolean {
  return result.action !== "reassign" && changed(result).length > 0;
}

/** Takes it back, one by one; the number of those for which that worked. */
export async function undoBulk(result: BulkResult, me: string): Promise<number> {
  const ids = changed(result);
  if (result.action === "release") {
    return changed(await runBulk({ action: "claim", ids, more: {} })).length;
  }
  if (result.action === "tag") return undoTags(result);
  const back = (id: string) => {
    if (result.action === "claim") return undoClaim(id);
    if (result.action === "snooze") return wake(id);
    return reopen(id, result.before.get(id)?.assignee?.id === me);
  };
  const outcomes = await inTurns(ids, back);
  return outcomes.filter(({ done }) => done).length;
}

/** Only what was not there before is taken away, and what was there comes back. */
async function undoTags(result: BulkResult): Promise<number> {
  const { add = [], remove = [] } = result.more as { add?: string[]; remove?: string[] };
  const had = (id: string, tag: string) => result.before.get(id)?.tags.includes(tag) ?? false;
  const ids = changed(result);
  const undone = new Set<string>();
  for (const tag of [...add, ...remove]) {
    const isAdded = add.includes(tag);
    const concerned = ids.filter((id) => had(id, tag) !== isAdded);
    if (concerned.length === 0) continue;
    const more = isAdded ? { remove: [tag] } : { add: [tag] };
    for (const id of changed(await runBulk({ action: "tag", ids: concerned, more }))) undone.add(id);
  }
  return undone.size;
}

/** Events usually tell what became of them; what they did not tell is read. */
async function rereadUntold(before: ReadonlyMap<string, Conversation>): Promise<void> {
  const { conversations } = getState();
  const untold = [...before].filter(([id, was]) => conversations.get(id)?.version === was.version);
  await inTurns(
    untold.map(([id]) => id),
    reread,
  );
}

/** Does something for each, a few at a time. */
async function inTurns<T>(ids: readonly string[], run: (id: string) => Promise<T>): Promise<T[]> {
  const done: T[] = [];
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    done.push(...(await Promise.all(ids.slice(from, from + AT_ONCE).map(run))));
  }
  return done;
}
