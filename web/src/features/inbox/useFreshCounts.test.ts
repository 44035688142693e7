import { describe, expect, it } from "vitest";

import { aConversation, aFlush } from "./fixtures";
import { changesCounts } from "./useFreshCounts";

const sam = { id: "agt_sam", name: "Sam" };

describe("when the counts are read again", () => {
  it("after a claim, also one that the store knew before its event came", () => {
    const claimed = aConversation({ assignee: sam, version: 2 });
    expect(changesCounts(aFlush("conversation.claimed", claimed, aConversation()))).toBe(true);
    expect(changesCounts(aFlush("conversation.claimed", claimed, claimed))).toBe(true);
  });

  it("not after an edit that moves nothing", () => {
    const edited = aConversation({ tags: ["vip"], version: 2 });
    expect(changesCounts(aFlush("conversation.updated", edited, aConversation()))).toBe(false);
    expect(changesCounts(aFlush("conversation.updated", edited))).toBe(false);
  });

  it("after an edit that came together with a change of status", () => {
    const snoozed = aConversation({ status: "snoozed", version: 3 });
    expect(changesCounts(aFlush("conversation.updated", snoozed, aConversation()))).toBe(true);
  });
});
