import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { getState, forget, put, subscribe } from "./store";
import { conversation, heldBy, kim, sam } from "./testing";
import { refusal, serve, type TestServer } from "./testServer";
import { claim, reassign, release, resolve, snooze, undoClaim } from "./verbs";

const posts = (server: TestServer) => server.asked.filter(({ method }) => method === "POST");
const owner = () => getState().conversations.get("conv_1")?.assignee?.name ?? null;
const pending = () => getState().pending.get("conv_1");

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  forget();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("a claim is pending until the server has confirmed it, and only then drawn", async () => {
  const server = serve(conversation());
  put(server.now);
  const claiming = claim("conv_1");
  expect(pending()).toMatchObject({ verb: "claim", state: "sending" });
  expect(owner()).toBeNull();
  expect(await claiming).toMatchObject({ done: true });
  expect(owner()).toBe("Sam");
  expect(pending()).toBeUndefined();
});

test("a refused claim shows the true owner at once", async () => {
  const server = serve(conversation());
  put(server.now);
  server.now = heldBy(kim);
  const outcome = await claim("conv_1");
  expect(outcome).toMatchObject({ done: false, why: "refused", problem: { code: "already_claimed" } });
  expect(owner()).toBe("Kim");
  expect(pending()).toBeUndefined();
  expect(server.asked.map(({ method }) => method)).toEqual(["POST", "GET"]);
});

test("a lost answer is asked for again with the same key, and the claim is made once", async () => {
  const server = serve(conversation());
  put(server.now);
  server.faults = ["answer lost", "answer lost", "none"];
  const claiming = claim("conv_1");
  await vi.advanceTimersByTimeAsync(400);
  expect(pending()).toMatchObject({ state: "unknown" });
  expect(owner()).toBeNull();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(await claiming).toMatchObject({ done: true });
  const keys = posts(server).map(({ key }) => key);
  expect(keys).toHaveLength(3);
  expect(new Set(keys).size).toBe(1);
  expect(server.now.epoch).toBe(1);
  expect(owner()).toBe("Sam");
});

test("a request that got lost on the way may come too late: then the other owner is shown", async () => {
  const server = serve(conversation());
  put(server.now);
  server.faults = ["lost on the way"];
  const claiming = claim("conv_1");
  await vi.advanceTimersByTimeAsync(100);
  server.now = heldBy(kim);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await claiming).toMatchObject({ done: false, why: "refused" });
  expect(owner()).toBe("Kim");
});

test("a claim whose answer was lost and that has ended meanwhile is never drawn as ours", async () => {
  const server = serve(conversation());
  put(server.now);
  server.faults = ["answer lost"];
  const owners: (string | null)[] = [];
  const stop = subscribe(() => owners.push(owner()));
  const claiming = claim("conv_1");
  await vi.advanceTimersByTimeAsync(100);
  // An admin released it by force, and Kim was faster.
  server.now = heldBy(kim, { epoch: 3, version: server.now.version + 2 });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await claiming).toMatchObject({ done: false, why: "overtaken", conversation: { assignee: kim } });
  stop();
  expect(owners).not.toContain("Sam");
});

test("an answer that comes after the event that ended the claim does not say that it is ours", async () => {
  const server = serve(conversation());
  put(server.now);
  let arrive = () => undefined as void;
  server.faults = [new Promise<void>((resolved) => (arrive = resolved))];
  const claiming = claim("conv_1");
  await vi.advanceTimersByTimeAsync(100);
  put(heldBy(kim, { epoch: 3, version: server.now.version + 2 }));
  arrive();
  expect(await claiming).toMatchObject({ done: false, why: "overtaken" });
  expect(owner()).toBe("Kim");
});

test("the network's return ends the pause", async () => {
  const server = serve(conversation());
  server.faults = ["lost on the way", "lost on the way", "lost on the way", "lost on the way"];
  const claiming = claim("conv_1");
  await vi.advanceTimersByTimeAsync(3_600);
  expect(posts(server)).toHaveLength(4);
  window.dispatchEvent(new Event("online"));
  await vi.advanceTimersByTimeAsync(0);
  expect(posts(server)).toHaveLength(5);
  expect(await claiming).toMatchObject({ done: true });
});

test("an answer that takes long is not confirmed yet, and still counts when it comes", async () => {
  const server = serve(conversation());
  put(server.now);
  let arrive = () => undefined as void;
  server.faults = [new Promise<void>((resolved) => (arrive = resolved))];
  const claiming = claim("conv_1");
  await vi.advanceTimersByTimeAsync(4_001);
  expect(pending()).toMatchObject({ verb: "claim", state: "unknown" });
  expect(owner()).toBeNull();
  arrive();
  expect(await claiming).toMatchObject({ done: true });
  expect(posts(server)).toHaveLength(1);
});

test("while a write is under way no second one is sent", async () => {
  const server = serve(heldBy(sam));
  put(server.now);
  const first = release("conv_1");
  const second = await resolve("conv_1");
  expect(second).toMatchObject({ done: false, why: "busy" });
  await first;
  expect(posts(server).map(({ path }) => path)).toEqual(["/v1/conversations/conv_1/release"]);
});

test("writes on two conversations do not wait for each other", async () => {
  serve(conversation());
  const both = [claim("conv_1"), claim("conv_2")];
  expect([...getState().pending.keys()]).toEqual(["conv_1", "conv_2"]);
  await Promise.all(both);
});

test("a gateway's error leaves open what happened, a refusal by the server does not", async () => {
  const server = serve(conversation());
  server.faults = [
    new Response("bad gateway", { status: 502 }),
    refusal(503, "unavailable"),
    refusal(409, "idempotency_in_flight"),
    refusal(500, "internal"),
  ];
  const claiming = claim("conv_1");
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await claiming).toMatchObject({ done: false, why: "refused", problem: { code: "internal" } });
  expect(posts(server)).toHaveLength(4);
});

test("a write that nobody answers is given up, and nothing is drawn as done", async () => {
  const server = serve(conversation());
  put(server.now);
  server.faults = Array.from({ length: 100 }, () => "lost on the way" as const);
  const claiming = claim("conv_1");
  await vi.advanceTimersByTimeAsync(130_000);
  expect(await claiming).toMatchObject({ done: false, why: "unanswered" });
  expect(owner()).toBeNull();
  expect(pending()).toBeUndefined();
});

test("whoever believes to hold a conversation says which claim they mean", async () => {
  const server = serve(heldBy(sam, { epoch: 7 }));
  for (const verb of [
    () => release("conv_1", { reason: "shift_end" }),
    () => undoClaim("conv_1"),
    () => reassign("conv_1", kim.id, { note: "Please" }),
    () => snooze("conv_1", { until_customer_replies: true }),
  ]) {
    server.now = heldBy(sam, { epoch: 7, version: server.now.version + 1 });
    put(server.now);
    await verb();
    expect(posts(server).at(-1)?.body["epoch"]).toBe(7);
  }
  expect(
    posts(server).map(({ path, body }) => [path.split("/").at(-1), Object.keys(body).sort().join()]),
  ).toEqual([
    ["release", "epoch,reason"],
    ["release", "epoch,undo"],
    ["reassign", "agent_id,epoch,note"],
    ["snooze", "epoch,until_customer_replies"],
  ]);
});

test("a claim names no epoch: whoever is first has it", async () => {
  const server = serve(conversation({ epoch: 4 }));
  put(server.now);
  await claim("conv_1");
  expect(posts(server)[0]?.body).toEqual({});
});
