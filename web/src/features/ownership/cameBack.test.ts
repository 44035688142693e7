import { expect, test } from "vitest";

import type { HistoryEntry } from "@/api/types";
import { kim, sam } from "@/realtime/testing";

import { cameBack } from "./cameBack";

const agent = (who: typeof sam) => ({ type: "agent", ...who, via: "ui" }) as const;
const timer = { type: "system", id: null, name: "Stale claims", via: "timer" } as const;

function step(
  kind: string,
  epoch: number,
  actor: HistoryEntry["actor"],
  assignee: typeof sam | null,
  reason: string | null = null,
) {
  return { kind, at: "2026-11-27T09:00:00.000Z", actor, assignee, reason, note: null, epoch } as HistoryEntry;
}
const claimed = step("claimed", 1, agent(sam), sam);

test("a timer took it: who held it, and that it was stale", () => {
  expect(cameBack([claimed, step("released", 2, timer, null, "stale")])).toMatchObject({
    from: sam,
    why: "stale",
  });
});

test("an admin took it: who, and why", () => {
  expect(cameBack([claimed, step("released", 2, agent(kim), null, "vip")])).toMatchObject({
    from: sam,
    why: "forced",
    by: "Kim",
    reason: "vip",
  });
});

test("what its owner released did not come back, it was given", () => {
  expect(cameBack([claimed, step("released", 2, agent(sam), null, "shift_end")])).toBeUndefined();
});

test("only the last release counts", () => {
  const history = [
    claimed,
    step("released", 2, timer, null, "stale"),
    step("claimed", 3, agent(kim), kim),
    step("released", 4, agent(kim), null),
  ];
  expect(cameBack(history)).toBeUndefined();
});

test("without a release there is nothing to tell", () => {
  expect(cameBack([])).toBeUndefined();
  expect(cameBack([claimed])).toBeUndefined();
});
