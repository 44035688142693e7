import { afterEach, expect, test, vi } from "vitest";

import type { Message } from "@/api/types";
import { forget, put } from "@/realtime/store";
import { conversation, heldBy, sam } from "@/realtime/testing";

import { retryDelivery } from "./wire";

const failed = { id: "msg_1", conversation_id: "conv_1" } as Message;

afterEach(() => {
  forget();
  vi.unstubAllGlobals();
});

/** What a retry asks for. */
async function asked(): Promise<unknown> {
  let sent: unknown;
  vi.stubGlobal("fetch", async (request: Request) => {
    sent = await request.json();
    return Response.json({});
  });
  await retryDelivery(failed);
  return sent;
}

test("a retry counts only under the claim that is shown: a lost one sends nothing", async () => {
  put(heldBy(sam, { epoch: 7 }));
  expect(await asked()).toEqual({ epoch: 7 });
});

test("of a conversation that nobody holds, or of which nothing is known, the server decides", async () => {
  expect(await asked()).toEqual({});
  put(conversation({ epoch: 8 }));
  expect(await asked()).toEqual({});
});
