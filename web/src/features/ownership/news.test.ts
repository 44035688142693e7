import { i18n } from "@lingui/core";
import { beforeAll, expect, test } from "vitest";

import type { TakeoverRequest } from "@/api/types";
import { withConversation } from "@/realtime/applyEvent";
import { nothingKnown } from "@/realtime/state";
import { conversation, event, heldBy, kim, sam } from "@/realtime/testing";

import { newsOf } from "./news";

beforeAll(() => i18n.loadAndActivate({ locale: "en", messages: {} }));

const alex = { id: "agt_alex", name: "Alex" };
const before = withConversation(nothingKnown, heldBy(sam));
const after = conversation({ epoch: 2, version: 3 });
const request: TakeoverRequest = {
  id: "tor_1",
  conversation_id: "conv_1",
  asker: kim,
  assignee: sam,
  state: "open",
  note: null,
  reason: null,
  expires_at: "2026-11-27T09:05:00.000Z",
  created_at: "2026-11-27T09:00:00.000Z",
};
const answered = (state: TakeoverRequest["state"], to: string, reason: string | null = null) =>
  newsOf(event(1, "takeover.answered", { takeover_request: { ...request, state, reason } }), before, to);

test("a claim that a timer or an admin took is an alert, and can be claimed again", () => {
  const stale = { conversation: after, ended_as: "stale", previous_assignee: sam } as const;
  expect(newsOf(event(1, "conversation.released", stale, null), before, sam.id)).toMatchObject({
    isAlert: true,
    reclaim: "conv_1",
  });
  const forced = { conversation: after, ended_as: "forced", previous_assignee: sam, reason: "vip" } as const;
  expect(newsOf(event(1, "conversation.released", forced, alex), before, sam.id)).toMatchObject({
    isAlert: true,
    reclaim: "conv_1",
    about: "conv_1",
  });
});

test("what an admin reassigned or resolved is lost, but not to be claimed again", () => {
  const away = {
    conversation: heldBy(kim, { version: 3 }),
    ended_as: "reassigned",
    previous_assignee: sam,
  } as const;
  const lost = newsOf(event(1, "conversation.reassigned", away, alex), before, sam.id);
  expect(lost).toMatchObject({ isAlert: true });
  expect(lost?.reclaim).toBeUndefined();
  const resolved = { conversation: after, ended_as: "resolved", previous_assignee: sam } as const;
  expect(newsOf(event(1, "conversation.resolved", resolved, alex), before, sam.id)?.isAlert).toBe(true);
});

test("who lost it is known from the state when the event does not say it", () => {
  const told = newsOf(event(1, "conversation.released", { conversation: after }, alex), before, sam.id);
  expect(told?.isAlert).toBe(true);
});

test("what one did oneself is no news, nor what befalls others", () => {
  const released = { conversation: after, ended_as: "released", previous_assignee: sam } as const;
  expect(newsOf(event(1, "conversation.released", released, sam), before, sam.id)).toBeUndefined();
  expect(newsOf(event(1, "conversation.released", released, alex), before, kim.id)).toBeUndefined();
  expect(
    newsOf(event(1, "conversation.updated", { conversation: heldBy(sam) }, alex), before, sam.id),
  ).toBeUndefined();
});

test("what one is given is told without alarm; an accepted take-over only by its answer", () => {
  const given = {
    conversation: heldBy(kim, { version: 3 }),
    previous_assignee: sam,
    note: "Please",
  } as const;
  const told = newsOf(event(1, "conversation.reassigned", given, alex), before, kim.id);
  expect(told).toMatchObject({ isAlert: false });
  const taken = { ...given, via: "takeover" } as const;
  expect(newsOf(event(1, "conversation.reassigned", taken, sam), before, kim.id)).toBeUndefined();
});

test("the asker hears every answer, but not their own withdrawal", () => {
  expect(answered("accepted", kim.id)).toBeDefined();
  expect(answered("declined", kim.id, "almost done")).toBeDefined();
  expect(answered("lapsed", kim.id)).toBeDefined();
  expect(answered("cancelled", kim.id)).toBeUndefined();
});

test("the holder hears that a request is gone, not their own answer; nobody else hears anything", () => {
  expect(answered("cancelled", sam.id)).toBeDefined();
  expect(answered("lapsed", sam.id)).toBeDefined();
  expect(answered("accepted", sam.id)).toBeUndefined();
  expect(answered("declined", sam.id)).toBeUndefined();
  expect(answered("accepted", alex.id)).toBeUndefined();
});
