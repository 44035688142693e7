import { i18n } from "@lingui/core";
import { beforeAll, expect, test } from "vitest";

import { Problem } from "@/api/problem";

import { refusal } from "./ownership";

beforeAll(() => i18n.loadAndActivate({ locale: "en", messages: {} }));

const CLAIMED = Date.parse("2026-11-27T09:00:00.000Z");
const members = { assignee: { id: "agt_sam", name: "Sam" }, claimed_at: "2026-11-27T09:00:00.000Z" };
const problem = new Problem(409, "already_claimed", "Sam holds this conversation.", members);

test("who was faster is named, and by how much", () => {
  expect(refusal(problem, CLAIMED + 2_100)).toContain("before you");
  expect(refusal(problem, CLAIMED + 2_100)).not.toBe(refusal(problem, CLAIMED + 5_000));
});

test("a moment's difference, or a clock that runs behind, never counts below zero", () => {
  expect(refusal(problem, CLAIMED - 3_000)).toBe(refusal(problem, CLAIMED + 100));
});

test("any other refusal is the server's own sentence", () => {
  const limit = new Problem(409, "claim_limit_reached", "You hold 20 of 20.", { held: 20, limit: 20 });
  expect(refusal(limit, CLAIMED)).toBe("You hold 20 of 20.");
});
