import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { clear, drafts, ownDrafts, restore, saveNow, write } from "./drafts";
import { outbox, ownOutbox, putOutgoing } from "./outbox";

const ID = "conv_1";
let sent: string[] = [];
let status = 200;

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
  localStorage.clear();
  sent = [];
  status = 200;
  vi.stubGlobal("fetch", async (request: Request) => {
    sent.push(`${request.method} ${await request.text()}`.trim());
    return status === 200 ? Response.json({}) : Response.json({ code: "x", detail: "x" }, { status });
  });
  // Somebody else, then ours: nothing of the test before is left.
  ownDrafts(`agt_${Math.random()}`);
  ownDrafts("agt_1");
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

test("what was typed is on the server within two seconds of the last key, in one request", async () => {
  restore(ID, undefined, 2_000_000);
  for (const text of ["H", "He", "Hey"]) {
    write(ID, { kind: "reply", text });
    await pass(300);
  }
  expect(sent).toEqual([]);
  await pass(1_700);
  expect(sent).toEqual(['PUT {"kind":"reply","text":"Hey"}']);
});

test("leaving saves at once; a text that is there already is not saved again", async () => {
  restore(ID, { kind: "note", text: "Kept" }, 2_000_000);
  saveNow(ID);
  await pass(0);
  expect(sent).toEqual([]);
  write(ID, { kind: "note", text: "Kept on" });
  saveNow(ID);
  await pass(0);
  expect(sent).toEqual(['PUT {"kind":"note","text":"Kept on"}']);
});

test("an emptied draft is taken away", async () => {
  restore(ID, { kind: "reply", text: "Old" }, 2_000_000);
  clear(ID);
  await pass(0);
  expect(sent).toEqual(["DELETE"]);
  expect(drafts.get(ID)).toBeUndefined();
});

test("what did not reach the server is tried again, and survives a reload until then", async () => {
  status = 503;
  write(ID, { kind: "reply", text: "Hello" });
  await pass(1_500);
  expect(sent).toHaveLength(1);
  ownDrafts("agt_2");
  ownDrafts("agt_1");
  status = 200;
  restore(ID, { kind: "reply", text: "Older" }, 3_000_000);
  expect(drafts.get(ID)?.text).toBe("Hello");
  await pass(0);
  expect(sent.at(-1)).toBe('PUT {"kind":"reply","text":"Hello"}');
});

test("another agent in the same browser sees nothing of it", async () => {
  status = 503;
  write(ID, { kind: "reply", text: "Private" });
  await pass(1_500);
  ownDrafts("agt_2");
  restore(ID, undefined, 3_000_000);
  expect(drafts.get(ID)).toBeUndefined();
});

test("an answer that is older than what was typed changes nothing", () => {
  write(ID, { kind: "reply", text: "New" });
  restore(ID, { kind: "reply", text: "Old" }, Date.now());
  expect(drafts.get(ID)?.text).toBe("New");
});

test("a refusal is not repeated", async () => {
  status = 422;
  write(ID, { kind: "reply", text: "Too long" });
  await pass(60_000);
  expect(sent).toHaveLength(1);
  expect(drafts.get(ID)?.text).toBe("Too long");
});

test("a text has one client id, a new text another", () => {
  write(ID, { kind: "reply", text: "a" });
  const first = drafts.get(ID)?.clientId;
  write(ID, { kind: "reply", text: "ab" });
  expect(drafts.get(ID)?.clientId).toBe(first);
  clear(ID);
  write(ID, { kind: "reply", text: "c" });
  expect(drafts.get(ID)?.clientId).not.toBe(first);
});

test("what a closed page was sending comes back as failed, and not as a draft besides", () => {
  ownOutbox("agt_0", "");
  ownOutbox("agt_1", "");
  putOutgoing({
    clientId: "one",
    conversationId: ID,
    kind: "reply",
    text: "On its way",
    at: "2026-11-27T12:00:00.000Z",
    seen: undefined,
    then: undefined,
    takeOver: false,
    override: false,
    state: "sending",
    isUncertain: false,
  });
  ownOutbox("agt_2", "");
  expect(outbox.get(ID)).toBeUndefined();
  ownOutbox("agt_1", "closed");
  expect(outbox.get(ID)).toMatchObject([
    { clientId: "one", state: "failed", why: "closed", isUncertain: true },
  ]);
  restore(ID, { kind: "reply", text: "On its way" }, 2_000_000);
  expect(drafts.get(ID)).toBeUndefined();
});
