/** Reading threads into the live store; from then on events keep them current. */
import { api, body } from "@/api/client";
import type { Conversation, Message } from "@/api/types";

import { withPage } from "./applyEvent";
import type { LiveState } from "./state";
import { getState, put, update } from "./store";

const PAGE = 50;

/** Read before it was known from where events come: they may miss messages of that moment, so they are read again. */
const unsure = new Set<string>();
const loading = new Map<string, Promise<void>>();

/** Reads the newest messages of a conversation unless the store has them already; cheap to call, also ahead of time. */
export function loadThread(id: string): Promise<void> {
  const isKnown = getState().threads.get(id)?.older !== undefined;
  if (isKnown && !(unsure.has(id) && getState().cursor !== null)) return Promise.resolve();
  return once(id, async () => {
    if (getState().cursor === null) unsure.add(id);
    else unsure.delete(id);
    // Events that arrive while the page is on its way have a place to go.
    update((state) => withThread(state, id));
    const page = await readPage(id, undefined);
    update((state) => withNewest(state, id, page.data, page.next_cursor));
  });
}

/** Reads the page before the oldest message that is here. Does nothing when the first message is here. */
export function loadOlder(id: string): Promise<void> {
  const older = getState().threads.get(id)?.older;
  if (older === undefined || older === null) return Promise.resolve();
  return once(id, async () => {
    const page = await readPage(id, older);
    // A reset meanwhile has thrown the thread away: an older page alone would leave a gap.
    update((state) =>
      state.threads.get(id)?.older === older ? withPage(state, id, page.data, page.next_cursor) : state,
    );
  });
}

/** The conversation itself: from the store, else read. Refuses with a 404 what is not in the workspace. */
export async function loadConversation(id: string): Promise<Conversation> {
  const known = getState().conversations.get(id);
  if (known !== undefined) return known;
  const read = await body(
    api.GET("/v1/conversations/{conversation_id}", { params: { path: { conversation_id: id } } }),
  );
  put(read);
  return read;
}

/** The state with the newest page; what was known beyond it stays if the two touch. Pure. */
export function withNewest(
  state: LiveState,
  id: string,
  page: readonly Message[],
  older: string | null,
): LiveState {
  const known = state.threads.get(id);
  const first = page[0]?.id;
  const touches = known?.messages.some((message) => message.id === first) ?? false;
  if (known?.older !== undefined && touches) return withPage(state, id, page, known.older);
  const newer = known?.messages.filter((message) => first === undefined || message.id > first) ?? [];
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

function once(id: string, read: () => Promise<void>): Promise<void> {
  const running = loading.get(id);
  if (running !== undefined) return running;
  const started = read().finally(() => loading.delete(id));
  loading.set(id, started);
  return started;
}
