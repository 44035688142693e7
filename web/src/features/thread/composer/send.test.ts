import { i18n } from "@lingui/core";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { forget, getState, put } from "@/realtime/store";
import { conversation, heldBy, kim, message, sam } from "@/realtime/testing";

import { drafts, ownDrafts, write } from "./drafts";
import { sendDraft, type SendOptions } from "./send";

const ID = "conv_1";
let sent: Record<string, unknown>[] = [];
let answer: () => Response;

beforeEach(() => {
  i18n.loadAndActivate({ locale: "en", messages: {} });
  localStorage.clear();
  sent = [];
  answer = () =>
    Response.json(
      { message: message("msg_1"), conversation: getState().conversations.get(ID) },
      { status: 201 },
    );
  vi.stubGlobal("fetch", async (request: Request) => {
    if (request.method === "GET") return Response.json(getState().conversations.get(ID));
    if (request.method !== "POST") return Response.json({});
    sent.push((await request.json()) as Record<string, unknown>);
    return answer();
  });
  ownDrafts(sam.id);
  write(ID, { kind: "reply", text: "Hello" });
});
afterEach(() => {
  ownDrafts("");
  forget();
  vi.unstubAllGlobals();
});

async function asked(options: SendOptions = {}) {
  sendDraft(ID, sam.id, options);
  await vi.waitFor(() => expect(sent).toHaveLength(1));
  return sent[0]?.["epoch"];
}

test("a reply names the claim that its author holds", async () => {
  put(heldBy(sam, { epoch: 7 }));
  expect(await asked()).toBe(7);
});

test("a reply to what nobody holds names none: the state at that moment decides", async () => {
  put(conversation({ epoch: 4 }));
  expect(await asked()).toBeUndefined();
});

test("taking over and sending takes it from the holder on the screen, and from nobody else", async () => {
  put(heldBy(kim, { epoch: 3 }));
  expect(await asked({ takeOver: true })).toBe(3);
});

test("a lost claim freezes the text; whoever meant to take over can go on with it", async () => {
  put(heldBy(kim, { epoch: 3 }));
  answer = () => Response.json({ code: "already_claimed", detail: "Held.", assignee: kim }, { status: 409 });
  await asked({ takeOver: true });
  const problem = "Kim holds this conversation. Ask them for it, or leave a note.";
  await vi.waitFor(() => expect(drafts.get(ID)).toMatchObject({ text: "Hello", problem }));
  expect(drafts.get(ID)?.frozen).toBeUndefined();
  sent = [];
  await asked();
  await vi.waitFor(() => expect(drafts.get(ID)).toMatchObject({ text: "Hello", frozen: { by: kim } }));
});
