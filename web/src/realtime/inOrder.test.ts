import { expect, test } from "vitest";

import { withPage } from "./applyEvent";
import { inOrder } from "./inOrder";
import { nothingKnown } from "./state";
import { message } from "./testing";
import { withNewest } from "./threads";

const at = (id: string, created_at: string, seq?: number) => ({
  ...message(id, { created_at }),
  ...(seq !== undefined && { seq }),
});
const EARLY = "2026-11-27T09:00:00.000Z";
const LATE = "2026-11-27T09:00:00.001Z";

test("time goes before place, place before id", () => {
  const all = [at("msg_a", LATE, 3), at("msg_b", EARLY, 2), at("msg_c", EARLY, 1), at("msg_d", LATE, 4)];
  expect(all.sort(inOrder).map(({ id }) => id)).toEqual(["msg_c", "msg_b", "msg_a", "msg_d"]);
});

test("without places, ids decide within one moment", () => {
  const all = [at("msg_b", EARLY), at("msg_a", EARLY), at("msg_0", LATE)];
  expect(all.sort(inOrder).map(({ id }) => id)).toEqual(["msg_a", "msg_b", "msg_0"]);
});

test("a message is in order with itself", () => {
  expect(inOrder(at("msg_a", EARLY, 1), at("msg_a", EARLY, 1))).toBe(0);
});

test("what came by mail and was written earlier stands earlier, whatever its id", () => {
  const state = withPage(nothingKnown, "conv_1", [at("msg_1", LATE, 1), at("msg_2", EARLY, 2)], null);
  expect(state.threads.get("conv_1")?.messages.map(({ id }) => id)).toEqual(["msg_2", "msg_1"]);
});

test("a newer message that is known already stays below the newest page, whatever its id", () => {
  const known = withPage(nothingKnown, "conv_1", [at("msg_0", LATE, 2)], undefined as never);
  const state = withNewest(known, "conv_1", [at("msg_1", EARLY, 1)], null);
  expect(state.threads.get("conv_1")?.messages.map(({ id }) => id)).toEqual(["msg_1", "msg_0"]);
});
