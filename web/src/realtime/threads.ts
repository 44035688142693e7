/** Reading threads into the live store; from then on events keep them current. */
import { api, body } from "@/api/client";
import type { Conversation, Message } from "@/api/types";

import { withPage } from "./applyEvent";
import { inOrder } from "./inOrder";
import type { LiveState } from "./state";
import { getState, put, update } from "./store";

const PAGE = 50;

/** What was read where events may have been missed, and is read again: see `anchored`. */
const unsure = new Set<string>();
const loading = new Map<string, Promise<unknown>>();

/** Reads the newest messages of a conversation unless the store has them already; cheap to call, also ahead of time. */
export async function loadThread(id: string): Promise<void> {
  const key = `thread ${id}`;
  if (getState().threads.get(id)?.older !== undefined && !mustReadAgain(key)) return;
  await once(key, () =>
    anchored(key, async () => {
      // Events that arrive while the page is on its way have a place to go.
      update((state) => withThread(state, id));
      const page = await readPage(id, undefined);
      update((state) => withNewest(state, id, page.data, page.next_cursor));
    }),
  );
}

/** Reads the page before the oldest message that is here. Does nothing when the first message is here. */
export function loadOlder(id: string): Promise<void> {
  const older = getState().threads.get(id)?.older;
  if (older === undefined || older === null) return Promise.resolve();
  return once(`older ${id}`, async () => {
    const page = await readPage(id, older);
    // A reset meanwhile has thrown the thread away: an older page alone would leave a gap.
    update((state) =>
      state.threads.get(id)?.older === older ? withPage(state, id, page.data, page.next_cursor) : state,
    );
  });
}

/** The conversation itself: from the store, else read. Refuses with a 404 what is not in the workspace. */
export async function loadConversation(id: string): Promise<Conversation> {
  const key = `conversation ${id}`;
  const known = getState().conversations.get(id);
  if (known !== undefined && !mustReadAgain(key)) return known;
  return once(key, () =>
    anchored(key, async () => {
      const read = await body(
        api.GET("/v1/conversations/{conversation_id}", { params: { path: { conversation_id: id } } }),
      );
      put(read);
      return getState().conversations.get(id) ?? read;
    }),
  );
}

/** The state with the newest page; what was known beyond it stays if the two touch. Pure. */
export function withNewest(
  state: LiveState,
  id: string,
  page: readonly Message[],
  older: string | null,
): LiveState {
  const known = state.threads.get(id);
  const first = page[0];
  const touches = known?.messages.some((message) => message.id === first?.id) ?? false;
  if (known?.older !== undefined && touches) return withPage(state, id, page, known.older);
  const newer = known?.messages.filter((message) => first === undefined || inOrder(message, first) > 0) ?? [];
  const threads = new Map(state.threads).set(id, { messages: newer, older: undefined });
  return withPage({ ...state, threads }, id, page, older);
}

function withThread(state: LiveState, id: string): LiveState {
  if (state.threads.has(id)) return state;
  return { ...state, threads: new Map(state.threads).set(id, { messages: [], older: undefined }) };
}

async function readPage(id: string, cursor: string | undefined) {
  const query = cursor === undefined ? { limit: PAGE } : { limit: PAGE, cursor };
  return body(
    api.GET("/v1/conversations/{conversation_id}/messages", {
      params: { path: { conversation_id: id }, query },
    }),
  );
}

/** The stretch of the stream of events that is told now, until a reset; undefined before it is known where it begins. */
function stretch(): number | undefined {
  const { cursor, stamps } = getState();
  return cursor === null ? undefined : stamps.everything;
}

/** What was not read within one stretch may miss what happened just before it: no event tells that. */
async function anchored<T>(key: string, read: () => Promise<T>): Promise<T> {
  const begun = stretch();
  const found = await read();
  if (begun !== undefined && begun === stretch()) unsure.delete(key);
  else unsure.add(key);
  return found;
}

function mustReadAgain(key: string): boolean {
  return unsure.has(key) && stretch() !== undefined;
}

/** Two at once read once, if both began in the same stretch. */
function once<T>(key: string, read: () => Promise<T>): Promise<T> {
  const here = `${key} ${stretch() ?? ""}`;
  const running = loading.get(here) as Promise<T> | undefined;
  if (running !== undefined) return running;
  const started = read().finally(() => loading.delete(here));
  loading.set(here, started);
  return started;
}
