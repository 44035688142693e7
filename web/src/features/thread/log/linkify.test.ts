import { expect, test } from "vitest";

import { pieces } from "./linkify";

const links = (text: string) =>
  pieces(text).flatMap((piece) => (piece.href === undefined ? [] : [piece.href]));

test("a text without an address is one piece", () => {
  expect(pieces("Hello, how are you?")).toEqual([{ text: "Hello, how are you?" }]);
  expect(pieces("")).toEqual([]);
});

test("an address is a link, the end of the sentence is not part of it", () => {
  expect(pieces("See https://example.com/a?b=1&c=2#d. Thanks")).toEqual([
    { text: "See " },
    { text: "https://example.com/a?b=1&c=2#d", href: "https://example.com/a?b=1&c=2#d" },
    { text: ". Thanks" },
  ]);
  expect(links("(http://example.com/x)")).toEqual(["http://example.com/x"]);
  expect(links("https://en.example.org/wiki/Dibs_(word)!")).toEqual([
    "https://en.example.org/wiki/Dibs_(word)",
  ]);
});

test("www and mail addresses get the scheme that they mean", () => {
  expect(links("www.example.com or ana.ruiz+shop@example.co.uk")).toEqual([
    "https://www.example.com",
    "mailto:ana.ruiz+shop@example.co.uk",
  ]);
  expect(links("mailto:help@example.com")).toEqual(["mailto:help@example.com"]);
});

test("other schemes never become links", () => {
  for (const text of [
    "javascript:alert(1)",
    "JaVaScRiPt://example.com/%0aalert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "ftp://example.com",
    "blob:x",
  ]) {
    expect(
      links(text).filter((href) => !/^(https?|mailto):/.test(href)),
      text,
    ).toEqual([]);
  }
  expect(links("javascript:alert(1)")).toEqual([]);
});

test("what cannot be an address stays text", () => {
  for (const text of ["https://", "http://[", "www.", "a@b", "@sam", "mailto:", "https:// example"]) {
    expect(links(text), text).toEqual([]);
  }
});

test("markup and quotes end an address", () => {
  expect(links('<a href="https://example.com/a">x</a>')).toEqual(["https://example.com/a"]);
  expect(links("https://example.com/<script>")).toEqual(["https://example.com/"]);
});

test("the pieces joined are the text", () => {
  for (const text of [
    "a https://x.y, b www.z.de c@d.ee!",
    "https://x.y",
    "x\nhttps://a.b\n\n",
    "(((https://a.b)))",
  ]) {
    expect(
      pieces(text)
        .map((piece) => piece.text)
        .join(""),
    ).toBe(text);
  }
});

test("a long text without blanks is done quickly enough to be done at all", () => {
  expect(
    links("a".repeat(4_000)).length + links("@".repeat(4_000)).length + links("a.".repeat(2_000)).length,
  ).toBe(0);
  expect(links("https://example.com" + ")".repeat(50_000))).toEqual(["https://example.com"]);
});
