import { describe, expect, test } from "vitest";

import type { Message } from "@/api/types";

import type { Outgoing } from "../composer/outbox";
import { timeline, type Entry, type Step } from "./timeline";

let last = 0;
function message(at: string, more: Partial<Message> = {}): Message {
  return {
    id: `msg_${String(++last).padStart(4, "0")}`,
    conversation_id: "conv_1",
    seq: last,
    kind: "customer",
    text: "Hello",
    author: { type: "contact", id: "ctc_1", name: "Ana" },
    via: "api",
    client_id: null,
    external_id: null,
    attachments: [],
    details: {},
    delivery: "delivered",
    created_at: at,
    ...more,
  };
}
function step(at: string, kind: Step["kind"] = "claimed"): Step {
  const sam = { id: "agt_1", name: "Sam" };
  return {
    kind,
    at,
    actor: { type: "agent", via: "ui", ...sam },
    assignee: sam,
    reason: null,
    note: null,
    epoch: 1,
  };
}
function outgoing(clientId: string): Outgoing {
  return {
    clientId,
    conversationId: "conv_1",
    kind: "reply",
    text: "Hi",
    at: "2026-11-27T12:30:00.000Z",
    seen: undefined,
    then: undefined,
    takeOver: false,
    override: false,
    state: "sending",
    isUncertain: false,
  };
}
const words = (entries: readonly Entry[]) =>
  entries.map((entry) =>
    entry.type === "message" ? entry.message.text : entry.type === "step" ? entry.step.kind : entry.type,
  );

describe("a thread in order", () => {
  test("steps stand between the messages by time, each day has its heading", () => {
    const entries = timeline(
      [
        message("2026-11-26T12:00:00.000Z", { text: "a" }),
        message("2026-11-27T12:00:00.000Z", { text: "b" }),
      ],
      [step("2026-11-26T12:01:00.000Z"), step("2026-11-27T12:02:00.000Z", "resolved")],
      [],
      false,
    );
    expect(words(entries)).toEqual(["day", "a", "claimed", "day", "b", "resolved"]);
  });

  test("a reply that claims and resolves: the claim before it, the end after it", () => {
    const at = "2026-11-27T12:00:00.000Z";
    const entries = timeline([message(at, { text: "reply" })], [step(at), step(at, "resolved")], [], false);
    expect(words(entries)).toEqual(["day", "claimed", "reply", "resolved"]);
  });

  test("steps older than the first message here wait for the older page", () => {
    const steps = [step("2026-11-27T11:00:00.000Z"), step("2026-11-27T12:30:00.000Z", "released")];
    const messages = [message("2026-11-27T12:00:00.000Z", { text: "a" })];
    expect(words(timeline(messages, steps, [], true))).toEqual(["day", "a", "released"]);
    expect(words(timeline(messages, steps, [], false))).toEqual(["day", "claimed", "a", "released"]);
    expect(words(timeline([], steps, [], true))).toEqual([]);
  });

  test("nothing at all is nothing", () => {
    expect(timeline([], [], [], false)).toEqual([]);
  });
});

describe("what is being sent", () => {
  test("comes last and goes when its message is here, whichever came first", () => {
    const sent = message("2026-11-27T12:00:00.000Z", { text: "Hi", client_id: "one" });
    expect(words(timeline([], [], [outgoing("one")], false))).toEqual(["outgoing"]);
    expect(words(timeline([sent], [], [outgoing("one")], false))).toEqual(["day", "Hi"]);
    expect(words(timeline([sent], [], [outgoing("two")], false))).toEqual(["day", "Hi", "outgoing"]);
  });

  test("keeps its key when it is confirmed", () => {
    const before = timeline([], [], [outgoing("one")], false).at(-1)?.key;
    const after = timeline([message("2026-11-27T12:00:00.000Z", { client_id: "one" })], [], [], false).at(
      -1,
    )?.key;
    expect(after).toBe(before);
  });
});

describe("messages of one author", () => {
  const continues = (...messages: Message[]) =>
    timeline(messages, [], [], false).flatMap((entry) => (entry.type === "message" ? [entry.continues] : []));

  test("stand together for five minutes", () => {
    expect(
      continues(
        message("2026-11-27T12:00:00.000Z"),
        message("2026-11-27T12:04:00.000Z"),
        message("2026-11-27T12:10:00.000Z"),
      ),
    ).toEqual([false, true, false]);
  });

  test("never a note with a reply of the same agent, nor two authors", () => {
    const author = { type: "agent", id: "agt_1", name: "Sam" } as const;
    expect(
      continues(
        message("2026-11-27T12:00:00.000Z", { kind: "reply", author }),
        message("2026-11-27T12:00:10.000Z", { kind: "note", author }),
        message("2026-11-27T12:00:20.000Z", { kind: "note", author: { ...author, id: "agt_2" } }),
      ),
    ).toEqual([false, false, false]);
  });

  test("a step between them names the author anew", () => {
    const entries = timeline(
      [message("2026-11-27T12:00:00.000Z"), message("2026-11-27T12:02:00.000Z")],
      [step("2026-11-27T12:01:00.000Z")],
      [],
      false,
    );
    expect(entries.at(-1)).toMatchObject({ type: "message", continues: false });
  });

  test("keys are unique", () => {
    const entries = timeline(
      [message("2026-11-26T12:00:00.000Z"), message("2026-11-27T12:00:00.000Z")],
      [step("2026-11-26T12:00:00.000Z"), step("2026-11-26T12:00:00.000Z", "released")],
      [outgoing("a"), outgoing("b")],
      false,
    );
    expect(new Set(entries.map((entry) => entry.key)).size).toBe(entries.length);
  });
});
