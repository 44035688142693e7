import { i18n } from "@lingui/core";
import { compileMessage } from "@lingui/message-utils/compileMessage";
import { beforeAll, describe, expect, it } from "vitest";

import { aConversation } from "./fixtures";
import { goneText, isBotServing, spokenName } from "./words";

const NOW = Date.parse("2026-11-27T10:12:00.000Z");
const me = { id: "agt_me", name: "Me" };
const sam = { id: "agt_sam", name: "Sam" };

describe("a row in words", () => {
  beforeAll(() => {
    i18n.setMessagesCompiler(compileMessage);
    i18n.loadAndActivate({ locale: "en", messages: {} });
  });

  it("is called by customer, channel, waiting time and owner", () => {
    const spoken = spokenName(aConversation({ assignee: sam }), me.id, NOW);
    expect(spoken).toBe("Ana Ruiz, WhatsApp, waiting 12 minutes, claimed by Sam");
  });

  it("says one minute in the singular and nothing of a wait that is none", () => {
    const just = aConversation({ waiting_since: "2026-11-27T10:11:00.000Z", assignee: me });
    expect(spokenName(just, me.id, NOW)).toBe("Ana Ruiz, WhatsApp, waiting 1 minute, claimed by you");
    expect(spokenName(aConversation({ waiting_since: null }), me.id, NOW)).toBe(
      "Ana Ruiz, WhatsApp, unclaimed",
    );
  });

  it("says why it no longer belongs to the list", () => {
    const list = { view: "unclaimed", filters: {}, me: me.id } as const;
    expect(goneText(aConversation({ assignee: sam }), list)).toBe("Claimed by Sam");
    expect(goneText(aConversation({ status: "resolved" }), list)).toBe("Resolved");
    expect(goneText(aConversation(), { ...list, filters: { tag: ["vip"] } })).toBe(
      "No longer matches the filters",
    );
  });

  it("the bot serves nobody whom a person has, who asked for one, or who is paused", () => {
    expect(isBotServing(aConversation())).toBe(true);
    expect(isBotServing(aConversation({ assignee: sam }))).toBe(false);
    expect(isBotServing(aConversation({ escalated_at: "2026-11-27T10:00:00.000Z" }))).toBe(false);
    expect(isBotServing(aConversation({ bot_paused: true }))).toBe(false);
  });
});
