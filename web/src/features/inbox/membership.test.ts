import { describe, expect, it } from "vitest";

import { aConversation, aFlush } from "./fixtures";
import type { List } from "./matches";
import { afterFlush, broughtBack, unchanged } from "./membership";

const NOW = Date.parse("2026-11-27T10:12:00.000Z");
const unclaimed: List = { view: "unclaimed", filters: {}, me: "agt_me" };
const sam = { id: "agt_sam", name: "Sam" };
const nobodyHere = new Map<string, number>();
const here = new Map([["conv_1", 0]]);

describe("who comes to a list and who leaves it", () => {
  it("a listed one that is claimed elsewhere is gone, not new", () => {
    const flush = aFlush("conversation.claimed", aConversation({ assignee: sam }), aConversation());
    const after = afterFlush(unchanged, flush, unclaimed, here, true, NOW);
    expect([...after.gone]).toEqual(["conv_1"]);
    expect(after.fresh.size).toBe(0);
  });

  it("one that is gone and released again is where it was", () => {
    const before = { fresh: new Set<string>(), gone: new Set(["conv_1"]) };
    const flush = aFlush("conversation.released", aConversation(), aConversation({ assignee: sam }));
    expect(afterFlush(before, flush, unclaimed, here, true, NOW).gone.size).toBe(0);
  });

  it("a conversation that is created is new", () => {
    const flush = aFlush("conversation.created", aConversation());
    expect([...afterFlush(unchanged, flush, unclaimed, nobodyHere, false, NOW).fresh]).toEqual(["conv_1"]);
  });

  it("one that is claimed before anybody looked is not new any more", () => {
    const before = { fresh: new Set(["conv_1"]), gone: new Set<string>() };
    const flush = aFlush("conversation.claimed", aConversation({ assignee: sam }), aConversation());
    expect(afterFlush(before, flush, unclaimed, nobodyHere, false, NOW).fresh.size).toBe(0);
  });

  it("a change to one on a page further down is no arrival", () => {
    const flush = aFlush("conversation.updated", aConversation());
    expect(afterFlush(unchanged, flush, unclaimed, nobodyHere, false, NOW)).toBe(unchanged);
  });

  it("a change that makes a known one match is an arrival", () => {
    const billing: List = { ...unclaimed, filters: { tag: ["billing"] } };
    const flush = aFlush("conversation.updated", aConversation(), aConversation({ tags: [] }));
    expect(afterFlush(unchanged, flush, billing, nobodyHere, false, NOW).fresh.size).toBe(1);
  });

  it("nothing is called new in a list that only the server can decide", () => {
    const searched: List = { ...unclaimed, filters: { q: "invoice" } };
    const flush = aFlush("conversation.created", aConversation());
    expect(afterFlush(unchanged, flush, searched, nobodyHere, true, NOW)).toBe(unchanged);
  });

  it("what concerns no row here changes nothing, not even the object", () => {
    const flush = aFlush("conversation.updated", aConversation({ version: 2 }), aConversation());
    expect(afterFlush(unchanged, flush, unclaimed, here, true, NOW)).toBe(unchanged);
  });
});

describe("who comes back by our own doing", () => {
  const sams: List = { ...unclaimed, me: sam.id };
  const released = aFlush("conversation.released", aConversation());
  const left = () => true;

  it("one that left and that we have released again", () => {
    expect([...broughtBack(released, sams, left, NOW)]).toEqual(["conv_1"]);
  });

  it("nobody when a teammate has released it", () => {
    expect(broughtBack(released, unclaimed, left, NOW).size).toBe(0);
  });

  it("nobody who never was in the list", () => {
    expect(broughtBack(released, sams, () => false, NOW).size).toBe(0);
  });

  it("nobody who does not match", () => {
    const claimed = aFlush("conversation.claimed", aConversation({ assignee: sam }));
    expect(broughtBack(claimed, sams, left, NOW).size).toBe(0);
  });
});
