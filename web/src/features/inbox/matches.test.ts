import { describe, expect, it } from "vitest";

import type { Pool } from "@/api/types";

import { aConversation } from "./fixtures";
import { isDecidable, matches, type List } from "./matches";
import type { Filters } from "./search";
import type { View } from "./views";

const NOW = Date.parse("2026-11-27T10:12:00.000Z");
const me = { id: "agt_me", name: "Me" };
const sam = { id: "agt_sam", name: "Sam" };
const list = (view: View, filters: Filters = {}, pool?: Pool): List => ({ view, filters, me: me.id, pool });

describe("what belongs to a view", () => {
  it.each<[View, string, Parameters<typeof aConversation>[0], boolean]>([
    ["unclaimed", "an open one of nobody", {}, true],
    ["unclaimed", "one of mine", { assignee: me }, false],
    ["unclaimed", "a resolved one", { status: "resolved" }, false],
    ["unclaimed", "a snoozed one of nobody", { status: "snoozed" }, false],
    ["mine", "an open one of mine", { assignee: me }, true],
    ["mine", "a snoozed one of mine", { assignee: me, status: "snoozed" }, false],
    ["mine", "one of Sam's", { assignee: sam }, false],
    ["mine", "one of nobody", {}, false],
    ["others", "one of Sam's", { assignee: sam }, true],
    ["others", "one of mine", { assignee: me }, false],
    ["others", "one of nobody", {}, false],
    ["all", "an open one of Sam's", { assignee: sam }, true],
    ["all", "a snoozed one", { status: "snoozed" }, false],
    ["snoozed", "a snoozed one", { status: "snoozed" }, true],
    ["snoozed", "an open one", {}, false],
    ["resolved", "a resolved one", { status: "resolved" }, true],
    ["resolved", "an archived one", { status: "archived" }, false],
    ["stale", "a stale one", { assignee: sam, stale: true }, true],
    ["stale", "one that is not", { assignee: sam }, false],
    ["any", "an archived one", { status: "archived" }, true],
  ])("%s: %s", (view, _, change, expected) => {
    expect(matches(aConversation(change), list(view), NOW)).toBe(expected);
  });
});

describe("what passes the filters", () => {
  const passes = (filters: Filters, change = {}) => matches(aConversation(change), list("any", filters), NOW);

  it("needs every tag that is asked for", () => {
    expect(passes({ tag: ["billing"] }, { tags: ["billing", "vip"] })).toBe(true);
    expect(passes({ tag: ["billing", "vip"] }, { tags: ["billing"] })).toBe(false);
  });

  it("tells channels, priorities, languages and contacts apart", () => {
    expect(passes({ channel: "email" })).toBe(false);
    expect(passes({ priority: "urgent" })).toBe(false);
    expect(passes({ language: "en" })).toBe(false);
    expect(passes({ language: "en" }, { language: null })).toBe(false);
    expect(passes({ contact: "ctc_2" })).toBe(false);
    expect(passes({ channel: "whatsapp", priority: "normal", language: "es", contact: "ctc_1" })).toBe(true);
  });

  it("knows me, nobody and a named agent", () => {
    expect(passes({ assignee: "me" }, { assignee: me })).toBe(true);
    expect(passes({ assignee: "me" }, { assignee: sam })).toBe(false);
    expect(passes({ assignee: "none" }, { assignee: sam })).toBe(false);
    expect(passes({ assignee: sam.id }, { assignee: sam })).toBe(true);
    expect(passes({ assignee: sam.id })).toBe(false);
  });

  it("counts waiting from the oldest unanswered message", () => {
    expect(passes({ waiting: 12 })).toBe(true);
    expect(passes({ waiting: 13 })).toBe(false);
    expect(passes({ waiting: 5 }, { waiting_since: null })).toBe(false);
  });

  it("takes any one condition of a pool", () => {
    const conditions = { tags: ["vip"], priorities: [], languages: ["es"], channels: [] };
    const pool: Pool = { id: "pool_1", name: "Spanish", members: [], skill: null, conditions };
    const inPool = (change: object) =>
      matches(aConversation(change), list("any", { pool: pool.id }, pool), NOW);
    expect(inPool({ language: "es", tags: [] })).toBe(true);
    expect(inPool({ language: "en", tags: ["vip"] })).toBe(true);
    expect(inPool({ language: "en", tags: [] })).toBe(false);
  });

  it("does not pretend to know what a search finds or who observes", () => {
    expect(isDecidable(list("all"))).toBe(true);
    expect(isDecidable(list("all", { q: "invoice" }))).toBe(false);
    expect(isDecidable(list("observing"))).toBe(false);
  });
});
