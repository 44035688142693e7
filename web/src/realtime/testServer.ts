/** For tests of writes: the other side of the network. */
import { vi } from "vitest";

import type { Conversation } from "@/api/types";

import { kim, sam } from "./testing";

export interface Asked {
  method: string;
  path: string;
  key: string | null;
  body: Record<string, unknown>;
}

export type TestServer = ReturnType<typeof serve>;

/** A server of one conversation, as small as it can be, on the other side of `fetch`. Sam is signed in. */
export function serve(start: Conversation) {
  const server = {
    now: start,
    asked: [] as Asked[],
    faults: [] as Fault[],
    answers: new Map<string, string>(),
  };
  vi.stubGlobal("fetch", async (request: Request) => {
    const asked = {
      method: request.method,
      path: new URL(request.url).pathname,
      key: request.headers.get("idempotency-key"),
      body: request.method === "GET" ? {} : ((await request.json()) as Record<string, unknown>),
    };
    server.asked.push(asked);
    const fault = asked.method === "POST" ? server.faults.shift() : undefined;
    if (fault === "lost on the way") throw new TypeError("network");
    const answer = fault instanceof Response ? fault : answered(server, asked);
    if (fault === "answer lost") throw new TypeError("network");
    if (fault instanceof Promise) await fault;
    return answer;
  });
  return server;
}

/** What befalls a POST, in the order of the faults. */
export type Fault = "lost on the way" | "answer lost" | "none" | Response | Promise<void>;

function answered(server: TestServer, { method, path, key, body }: Asked): Response {
  if (method === "GET") return Response.json(server.now);
  const known = key === null ? undefined : server.answers.get(key);
  if (known !== undefined) return new Response(known, { headers: { "idempotent-replay": "true" } });
  const { assignee, epoch, version } = server.now;
  if (assignee !== null && assignee.id !== sam.id)
    return refusal(409, "already_claimed", { assignee: assignee, epoch });
  if (typeof body["epoch"] === "number" && body["epoch"] !== epoch)
    return refusal(409, "stale_epoch", { epoch });
  const owner = path.endsWith("/claim") ? sam : path.endsWith("/reassign") ? kim : null;
  server.now = { ...server.now, assignee: owner, epoch: epoch + 1, version: version + 1 };
  const text = JSON.stringify(server.now);
  if (key !== null) server.answers.set(key, text);
  return new Response(text);
}

export function refusal(status: number, code: string, members: object = {}): Response {
  return Response.json({ code, detail: `Refused: ${code}`, ...members }, { status });
}
