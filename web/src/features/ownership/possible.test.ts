import { expect, test } from "vitest";

import type { Conversation, Me, Prospect, Role } from "@/api/types";
import { conversation, heldBy, kim, sam } from "@/realtime/testing";

import { hindrance, possible, whose } from "./possible";

const me = (role: Role = "agent") => ({ agent: { ...sam }, role }) as unknown as Me;
const prospect = (...reasons: Prospect["reasons"]): Prospect => ({
  agent: sam,
  eligible: reasons.length === 0,
  availability: "available",
  held: 20,
  limit: 20,
  reasons,
});
const outside = prospect({ code: "pool_restricted", pools: [{ id: "pool_1", name: "Billing" }] });
const full = prospect({ code: "claim_limit_reached", held: 20, limit: 20 });

/** The names of all that can be done. */
function can(on: Conversation, role: Role = "agent", mine?: Prospect): string[] {
  return Object.entries(possible(on, me(role), mine))
    .filter(([, is]) => is)
    .map(([name]) => name)
    .sort();
}

const free = conversation();
const mine = heldBy(sam, { bot_paused: true });
const theirs = heldBy(kim, { bot_paused: true });
const resolved = conversation({ status: "resolved" });
const archived = conversation({ status: "archived" });

test("whose a conversation is: a closed one is nobody's", () => {
  expect([free, mine, theirs, resolved, archived].map((each) => whose(each, sam.id))).toEqual([
    "unclaimed",
    "mine",
    "others",
    "closed",
    "closed",
  ]);
});

test("an unclaimed one can be claimed, but not released or reassigned by an agent", () => {
  expect(can(free)).toEqual(["claim", "observe", "resolve", "snooze", "spam"]);
});

test("one's own can be given away in every way, and not claimed again", () => {
  expect(can(mine)).toEqual(["handBack", "observe", "reassign", "release", "resolve", "snooze", "spam"]);
});

test("somebody else's can be asked for and observed, nothing more", () => {
  expect(can(theirs)).toEqual(["askTakeover", "observe"]);
});

test("an admin decides about somebody else's, but does not release it as if it were theirs", () => {
  const list = can(theirs, "admin");
  expect(list).toEqual(
    expect.arrayContaining(["forceRelease", "reassign", "reassignToMe", "resolve", "snooze", "handBack"]),
  );
  expect(list).not.toContain("release");
  expect(list).not.toContain("claim");
});

test("a closed one is only reopened, or archived once", () => {
  expect(can(resolved)).toEqual(["archive", "reopen", "reopenAndClaim", "spam"]);
  expect(can(archived)).toEqual(["reopen", "reopenAndClaim", "spam"]);
});

test("outside the pool nothing is offered that the pool forbids", () => {
  expect(can(free, "agent", outside)).toEqual(["observe"]);
  expect(can(theirs, "agent", outside)).toEqual(["observe"]);
  expect(can(theirs, "admin", outside)).not.toContain("reassignToMe");
  expect(can(resolved, "agent", outside)).toEqual(["reopen"]);
});

test("spam is taken back, and nothing else", () => {
  const spam = conversation({ status: "archived", spam: true });
  expect(can(spam)).toEqual(["notSpam"]);
  expect(can(spam, "agent", outside)).toEqual([]);
  expect(can(spam, "viewer")).toEqual([]);
});

test("at the limit one cannot claim, but still resolve and snooze what waits", () => {
  expect(can(free, "agent", full)).toEqual(["observe", "resolve", "snooze", "spam"]);
  expect(can(resolved, "agent", full)).toEqual(["archive", "reopen", "spam"]);
});

test("what pools and limit say of a claim does not touch what one holds already", () => {
  expect(can(mine, "agent", outside)).toEqual(can(mine));
});

test("a viewer can do nothing", () => {
  for (const each of [free, theirs, resolved, archived]) expect(can(each, "viewer")).toEqual([]);
});

test("a bot that serves already needs no handing back; an escalation does", () => {
  expect(can(heldBy(sam))).not.toContain("handBack");
  expect(can(conversation({ escalated_at: "2026-11-27T09:00:00.000Z" }))).toContain("handBack");
});

test("only a snoozed one can be woken", () => {
  expect(can(heldBy(sam, { status: "snoozed" }))).toContain("wake");
  expect(can(heldBy(kim, { status: "snoozed" }))).not.toContain("wake");
});

test("in place of Claim stands why one cannot: the role before the pool, the pool before the limit", () => {
  expect(hindrance(me("viewer"), outside)).toEqual({ why: "role" });
  expect(hindrance(me(), outside)).toMatchObject({ why: "pools", pools: [{ name: "Billing" }] });
  expect(hindrance(me(), full)).toEqual({ why: "limit", held: 20, limit: 20 });
  expect(hindrance(me(), prospect())).toBeUndefined();
  expect(hindrance(me(), undefined)).toBeUndefined();
});
