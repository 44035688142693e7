import assert from "node:assert/strict";
import { test } from "node:test";

import { ink, luminance } from "./colour.ts";
import { parts } from "./links.ts";

const hrefs = (text: string) => parts(text).flatMap(({ href }) => href ?? []);

test("the parts of a text are the text", () => {
  for (const text of [
    "",
    "plain",
    "see https://a.example/x.",
    "(https://a.example/(b))",
    "http://",
    "https://ü.example 🦊",
  ]) {
    assert.equal(
      parts(text)
        .map((part) => part.text)
        .join(""),
      text,
    );
  }
});

test("addresses of the web can be followed", () => {
  assert.deepEqual(hrefs("see https://a.example/x?y=1#z, or HTTP://b.example"), [
    "https://a.example/x?y=1#z",
    "http://b.example/",
  ]);
  assert.deepEqual(hrefs("(https://a.example/(b))."), ["https://a.example/(b)"]);
  assert.deepEqual(hrefs("https://a.example/…"), ["https://a.example/"]);
});

test("nothing else can", () => {
  for (const text of [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)//https:",
    "data:text/html,<script>alert(1)</script>",
    "ftp://a.example",
    "https:// a.example",
    "https://",
    "//a.example",
    "vbscript:x",
  ]) {
    assert.deepEqual(hrefs(text), [], text);
  }
});

test("an address ends where markup begins", () => {
  assert.deepEqual(hrefs(`https://a.example/"onmouseover="alert(1)`), ["https://a.example/"]);
  assert.deepEqual(hrefs("https://a.example/<img src=x>"), ["https://a.example/"]);
  assert.deepEqual(hrefs("https://a.example/\u202egpj.exe"), ["https://a.example/"]);
});

test("what stands on any colour can be read", () => {
  for (let red = 0; red < 256; red += 15) {
    for (let green = 0; green < 256; green += 15) {
      for (let blue = 0; blue < 256; blue += 15) {
        const colour = `#${[red, green, blue].map((part) => part.toString(16).padStart(2, "0")).join("")}`;
        const own = luminance(colour) + 0.05;
        const ratio = ink(colour) === "#fff" ? 1.05 / own : own / 0.05;
        assert.ok(ratio >= 4.5, `${colour}: ${ratio.toFixed(2)}`);
      }
    }
  }
});
