import { afterEach, beforeEach, expect, test, vi } from "vitest";

import type { Message } from "@/api/types";

import { withMessage } from "./applyEvent";
import { nothingKnown, type LiveState } from "./state";
import { getState, update } from "./store";
import { heldBy, kim, sam } from "./testing";
import { loadConversation, loadOlder, loadThread, withNewest } from "./threads";

const ID = "conv_1";
const message = (n: number): Message => ({
  id: `msg_${String(n).padStart(3, "0")}`,
  conversation_id: ID,
  seq: n,
  kind: "customer",
  text: String(n),
  author: { type: "contact", id: "ctc_1", name: "Ana" },
  via: "api",
  client_id: null,
  external_id: null,
  attachments: [],
  details: {},
  delivery: "delivered",
  created_at: "2026-11-27T12:00:00.000Z",
});
const page = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => message(from + index));
const texts = (state: LiveState) => state.threads.get(ID)?.messages.map((each) => each.text);

/** The server's answers, one after the other; each waits until it is let go. */
let answers: ((data: readonly Message[], next: string | null) => void)[] = [];
let asked: string[] = [];

beforeEach(() => {
  answers = [];
  asked = [];
  update(() => ({ ...nothingKnown, cursor: 1 }));
  vi.stubGlobal("fetch", (request: Request) => {
    asked.push(new URL(request.url).search);
    return new Promise<Response>((resolve) => {
      answers.push((data, next) => {
        resolve(Response.json({ data, next_cursor: next }));
      });
    });
  });
});
afterEach(() => vi.unstubAllGlobals());

const asks = (count: number) => vi.waitFor(() => expect(answers).toHaveLength(count));

test("a message that arrives while the first page is on its way is kept, once", async () => {
  const loaded = loadThread(ID);
  await asks(1);
  update((state) => withMessage(withMessage(state, message(3)), message(4)));
  answers[0]?.(page(1, 3), null);
  await loaded;
  expect(texts(getState())).toEqual(["1", "2", "3", "4"]);
  expect(getState().threads.get(ID)?.older).toBeNull();
});

test("what is known already is not asked for again, two at once ask once", async () => {
  const both = Promise.all([loadThread(ID), loadThread(ID)]);
  await asks(1);
  answers[0]?.(page(1, 2), null);
  await both;
  await loadThread(ID);
  expect(asked).toHaveLength(1);
});

test("a thread read before events have a place to come from is read again", async () => {
  update((state) => ({ ...state, cursor: null }));
  const first = loadThread(ID);
  await asks(1);
  answers[0]?.(page(1, 2), "older");
  await first;
  update((state) => ({ ...state, cursor: 7 }));
  const again = loadThread(ID);
  await asks(2);
  answers[1]?.(page(2, 3), "newer-cursor");
  await again;
  expect(texts(getState())).toEqual(["1", "2", "3"]);
  expect(getState().threads.get(ID)?.older).toBe("older");
});

test("a first page still on its way when it becomes known where events begin does not count", async () => {
  update((state) => ({ ...state, cursor: null }));
  const first = loadThread(ID);
  await asks(1);
  // Message 3 was written after the page was read, and before the list that said where events begin.
  update((state) => ({ ...state, cursor: 7 }));
  const again = loadThread(ID);
  await asks(2);
  answers[1]?.(page(1, 3), null);
  answers[0]?.(page(1, 2), null);
  await Promise.all([first, again]);
  expect(texts(getState())).toEqual(["1", "2", "3"]);
});

test("a page on its way over a reset does not count either", async () => {
  const first = loadThread(ID);
  await asks(1);
  update(() => ({ ...nothingKnown, cursor: 9, stamps: { ...nothingKnown.stamps, everything: 1 } }));
  answers[0]?.(page(1, 2), null);
  await first;
  const again = loadThread(ID);
  await asks(2);
  answers[1]?.(page(1, 3), null);
  await again;
  expect(texts(getState())).toEqual(["1", "2", "3"]);
});

test("a conversation read before it was known where events begin is read again: its owner may be another", async () => {
  const read: Response[] = [Response.json(heldBy(sam)), Response.json({ ...heldBy(kim), version: 9 })];
  vi.stubGlobal("fetch", () => Promise.resolve(read.shift()));
  update((state) => ({ ...state, cursor: null }));
  expect((await loadConversation(ID)).assignee?.name).toBe("Sam");
  expect((await loadConversation(ID)).assignee?.name).toBe("Sam");
  update((state) => ({ ...state, cursor: 7 }));
  expect((await loadConversation(ID)).assignee?.name).toBe("Kim");
  expect((await loadConversation(ID)).assignee?.name).toBe("Kim");
  expect(read).toEqual([]);
});

test("older pages come before, until there are none", async () => {
  update((state) => withNewest(state, ID, page(5, 6), "c1"));
  const older = loadOlder(ID);
  await asks(1);
  answers[0]?.(page(3, 4), null);
  await older;
  await loadOlder(ID);
  expect(texts(getState())).toEqual(["3", "4", "5", "6"]);
  expect(asked).toEqual(["?limit=50&cursor=c1"]);
});

test("an older page that comes after a reset is left out: it would leave a gap", async () => {
  update((state) => withNewest(state, ID, page(5, 6), "c1"));
  const older = loadOlder(ID);
  await asks(1);
  update(() => ({ ...nothingKnown, cursor: 9 }));
  answers[0]?.(page(3, 4), null);
  await older;
  expect(texts(getState())).toBeUndefined();
});

test("a newest page that does not touch what is known replaces it, newer messages stay", () => {
  let state = withNewest(nothingKnown, ID, page(1, 2), null);
  state = withMessage(state, message(99));
  state = withNewest(state, ID, page(50, 60), "c2");
  expect(texts(state)).toEqual([...page(50, 60).map((each) => each.text), "99"]);
  expect(state.threads.get(ID)?.older).toBe("c2");
});

test("a refusal reaches who asked, and leaves the thread to be asked for again", async () => {
  vi.stubGlobal("fetch", () =>
    Promise.resolve(
      Response.json({ code: "not_found", detail: "There is no such conversation." }, { status: 404 }),
    ),
  );
  await expect(loadThread(ID)).rejects.toMatchObject({ status: 404, code: "not_found" });
  expect(getState().threads.get(ID)?.older).toBeUndefined();
});
