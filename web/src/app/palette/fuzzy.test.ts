import { expect, test } from "vitest";

import { score } from "./fuzzy";

const best = (typed: string, ...texts: string[]) =>
  texts
    .map((text) => ({ text, score: score(text, typed) }))
    .filter((each) => each.score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ text }) => text);

test("nothing typed matches everything alike", () => {
  expect(score("Claim", "")).toBe(score("Release", "  "));
});

test("letters in another order, or missing ones, do not match", () => {
  expect(score("Claim", "mialc")).toBe(0);
  expect(score("Claim", "claimx")).toBe(0);
  expect(score("", "a")).toBe(0);
});

test("starts of words count more than letters inside", () => {
  expect(best("cn", "Scan", "Claim next")).toEqual(["Claim next", "Scan"]);
  expect(best("mc", "My conversations", "Comic")[0]).toBe("My conversations");
});

test("a whole beginning beats letters that are scattered", () => {
  expect(best("re", "Where is it", "Release", "Prefer")[0]).toBe("Release");
  expect(best("clai", "Claim", "Cold air inside")[0]).toBe("Claim");
});

test("case and accents do not matter", () => {
  expect(score("Chloé Martin", "CHLOE")).toBeGreaterThan(0);
  expect(score("Über uns", "uber")).toBeGreaterThan(0);
});
