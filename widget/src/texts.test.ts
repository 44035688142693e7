import assert from "node:assert/strict";
import { test } from "node:test";

import { sayer, TEXTS } from "./texts.ts";

const gaps = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();

test("every language says everything, with the same gaps", () => {
  const { en, ...others } = TEXTS;
  for (const [language, texts] of Object.entries(others)) {
    for (const [word, text] of Object.entries(en ?? {})) {
      const said = texts[word as keyof typeof texts];
      assert.ok(said, `${language} has no ${word}`);
      assert.deepEqual(gaps(said), gaps(text), `${language}: ${word}`);
    }
  }
});

test("what fills a gap is not looked into", () => {
  assert.equal(sayer("en")("title", { name: "{name} $& Co" }), "Chat with {name} $& Co");
  assert.equal(sayer("xx")("open"), "Open chat");
});
