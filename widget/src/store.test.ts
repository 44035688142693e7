import assert from "node:assert/strict";
import { test } from "node:test";

import type { Message } from "./shapes.ts";
import { Store } from "./store.ts";

function message(id: string, from: Message["from"] = "team", more: Partial<Message> = {}): Message {
  const created_at = `2026-01-01T00:00:0${id.at(-1) ?? "0"}.000Z`;
  return {
    id,
    from,
    name: null,
    text: id,
    files: [],
    client_id: null,
    delivery: "sent",
    created_at,
    ...more,
  };
}

test("a message that is told twice is there once, in its place", () => {
  const store = new Store();
  store.put({ messages: [message("m3"), message("m1", "visitor")] });
  store.put({ messages: [message("m2"), message("m3", "team", { delivery: "read" })] });
  assert.deepEqual(
    store.messages.map(({ id }) => id),
    ["m1", "m2", "m3"],
  );
  assert.equal(store.unread, 1);
});

test("only the team's new messages are news", () => {
  const store = new Store();
  assert.deepEqual(
    store.put({ messages: [message("m1", "visitor"), message("m2", "bot")] }).map(({ id }) => id),
    ["m2"],
  );
  assert.deepEqual(store.put({ messages: [message("m2", "bot", { delivery: "read" })] }), []);
});

test("a confirmed message is no longer pending", () => {
  const store = new Store();
  store.pending = [{ client_id: "c1", text: "hi", files: [], state: "sending" }];
  store.put({ messages: [message("m1", "visitor", { client_id: "c1" })] });
  assert.deepEqual(store.pending, []);
});

test("what came before an answer was seen, what came after it was not", () => {
  const store = new Store();
  const [first, second] = [message("m1", "visitor"), message("m3", "visitor")];
  store.put({ messages: [first, message("m2"), second] });
  assert.equal(store.isSeen(first), true);
  assert.equal(store.isSeen(second), false);
  store.isTyping = true;
  assert.equal(store.isSeen(second), true);
});

test("older pages say whether there is more, news do not", () => {
  const store = new Store();
  store.put({ messages: [message("m5")], more: true }, "anew");
  store.put({ messages: [message("m6")], more: false });
  assert.equal(store.more, true);
  store.put({ messages: [message("m1")], more: false }, "before");
  assert.equal(store.more, false);
});
