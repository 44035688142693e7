import { describe, expect, test } from "vitest";

import type { Conversation, Prospect } from "@/api/types";

import { isBotServing, rights } from "./rights";

const ME = "agt_me";
const open = {
  status: "open",
  assignee: null,
  bot_paused: false,
  escalated_at: null,
} as unknown as Conversation;
const held = (id: string) => ({ ...open, assignee: { id, name: "Sam" } });
const prospect = (...reasons: object[]) =>
  ({
    agent: { id: ME, name: "Me" },
    eligible: reasons.length === 0,
    held: 20,
    limit: 20,
    reasons,
  }) as unknown as Prospect;

describe("who may reply", () => {
  test("the owner, without any side effect", () => {
    expect(rights(held(ME), ME, "agent", true, undefined)).toEqual({
      note: true,
      lock: undefined,
      replyClaims: undefined,
    });
  });

  test("anybody eligible while nobody holds it; whether that claims is the agent's choice", () => {
    expect(rights(open, ME, "agent", true, prospect()).replyClaims).toBe(true);
    expect(rights(open, ME, "agent", false, prospect()).replyClaims).toBe(false);
    expect(rights({ ...open, status: "snoozed" }, ME, "agent", true, undefined).lock).toBeUndefined();
  });

  test("nobody else, not even an admin; notes work", () => {
    for (const role of ["agent", "admin", "owner"] as const) {
      const allowed = rights(held("agt_sam"), ME, role, true, undefined);
      expect(allowed).toEqual({
        note: true,
        lock: { why: "held", by: { id: "agt_sam", name: "Sam" } },
        replyClaims: undefined,
      });
    }
  });

  test("nobody on a closed conversation, whoever held it", () => {
    for (const status of ["resolved", "archived"] as const) {
      expect(rights({ ...open, status }, ME, "agent", true, undefined).lock).toEqual({
        why: "closed",
        status,
      });
    }
  });

  test("nobody outside the pools", () => {
    const pools = [{ id: "pool_1", name: "Billing" }];
    const allowed = rights(open, ME, "agent", false, prospect({ code: "pool_restricted", pools }));
    expect(allowed).toEqual({ note: true, lock: { why: "pools", pools }, replyClaims: undefined });
  });

  test("at the limit only when the reply would claim", () => {
    const full = prospect({ code: "claim_limit_reached", held: 20, limit: 20 });
    expect(rights(open, ME, "agent", true, full).lock).toEqual({ why: "limit", held: 20, limit: 20 });
    expect(rights(open, ME, "agent", false, full).lock).toBeUndefined();
  });

  test("a viewer writes nothing", () => {
    for (const conversation of [open, held(ME), held("agt_sam")]) {
      expect(rights(conversation, ME, "viewer", true, undefined)).toEqual({
        note: false,
        lock: { why: "viewer" },
        replyClaims: undefined,
      });
    }
  });
});

describe("whether the bot answers", () => {
  test("while nothing keeps it from doing so", () => {
    expect(isBotServing(open, true)).toBe(true);
    expect(isBotServing(held(ME), false)).toBe(true);
  });

  test("not when paused, escalated, claimed or closed", () => {
    expect(isBotServing({ ...open, bot_paused: true }, true)).toBe(false);
    expect(isBotServing({ ...open, escalated_at: "2026-11-27T12:00:00.000Z" }, true)).toBe(false);
    expect(isBotServing(held(ME), true)).toBe(false);
    expect(isBotServing({ ...open, status: "resolved" }, true)).toBe(false);
  });
});
