import { describe, expect, test } from "vitest";

import { EMOJI } from "./emoji";
import { filled } from "./filled";
import { ranked, type Suggestion } from "./rank";
import { inserted, triggerAt, type Sign } from "./trigger";

const ALL: readonly Sign[] = ["@", "/", ":"];
const at = (text: string, signs = ALL) => triggerAt(text, text.length, signs);

describe("what asks for suggestions", () => {
  test("a sign at the beginning of a word", () => {
    expect(at("@")).toEqual({ sign: "@", query: "", from: 0 });
    expect(at("Hi @sa")).toEqual({ sign: "@", query: "sa", from: 3 });
    expect(at("Hi (@sam k")).toEqual({ sign: "@", query: "sam k", from: 4 });
    expect(at("/ref")).toEqual({ sign: "/", query: "ref", from: 0 });
    expect(at("nice :smi")).toEqual({ sign: ":", query: "smi", from: 5 });
  });

  test("nothing inside words, addresses, times and dates", () => {
    for (const text of [
      "ana@example.com",
      "and/or",
      "10:30",
      "https://example.com/a",
      "1/2",
      "x:y",
      "a",
      "",
      "@sam\nnext",
    ]) {
      expect(at(text), text).toBeUndefined();
    }
  });

  test("a smiley or a lone colon opens nothing", () => {
    for (const text of [":", "note: ", ":)", ":D"]) expect(at(text), text).toBeUndefined();
  });

  test("a mention ends after two words, a canned reply with its first blank", () => {
    expect(at("@sam keller says")).toBeUndefined();
    expect(at("/refund now")).toBeUndefined();
  });

  test("only signs that are wanted, and only before the caret", () => {
    expect(at("@sam", ["/"])).toBeUndefined();
    expect(triggerAt("@sam", 2, ALL)).toEqual({ sign: "@", query: "s", from: 0 });
    expect(triggerAt("ab @sam", 2, ALL)).toBeUndefined();
  });
});

test("what was chosen takes the place of sign and query, the rest of the text stays", () => {
  const trigger = { sign: "@", query: "sa", from: 3 } as const;
  expect(inserted("Hi @sa", 6, trigger, "@Sam")).toEqual({ text: "Hi @Sam ", caret: 8 });
  expect(inserted("Hi @sa, you", 6, trigger, "@Sam")).toEqual({ text: "Hi @Sam , you", caret: 8 });
  expect(inserted("Hi @sa you", 6, trigger, "@Sam")).toEqual({ text: "Hi @Sam you", caret: 7 });
});

describe("the order of suggestions", () => {
  const some = (...labels: string[]): Suggestion[] =>
    labels.map((label) => ({ id: label, label, text: label, words: [label] }));
  const labels = (found: readonly Suggestion[]) => found.map(({ label }) => label);

  test("the whole word, its beginning, a later word, the middle", () => {
    expect(labels(ranked(some("Esam", "Kim Sam", "Samuel", "Sam"), "sam"))).toEqual([
      "Sam",
      "Samuel",
      "Kim Sam",
      "Esam",
    ]);
  });

  test("capitals and accents do not matter", () => {
    expect(labels(ranked(some("José", "Lucía"), "JOSE"))).toEqual(["José"]);
    expect(labels(ranked(some("Jose"), "josé"))).toEqual(["Jose"]);
  });

  test("nothing that does not fit, and never more than fit on screen", () => {
    expect(ranked(some("Ana"), "x")).toEqual([]);
    expect(ranked(some(..."abcdefghijkl"), "")).toHaveLength(8);
  });
});

describe("variables of canned replies", () => {
  test("are filled with first names", () => {
    expect(filled("Hi {{customer}}, {{ agent }} here.", { customer: "Ana Ruiz", agent: "Sam Keller" })).toBe(
      "Hi Ana, Sam here.",
    );
  });

  test("unknown ones stay, so that they are seen", () => {
    expect(filled("{{order}} {{customer}}", { customer: "Ana", agent: "Sam" })).toBe("{{order}} Ana");
  });

  test("a customer without a name leaves no gap", () => {
    expect(filled("Hi {{customer}}, thanks", { customer: undefined, agent: "Sam" })).toBe("Hi, thanks");
    expect(filled("{{customer}}, thanks", { customer: undefined, agent: "Sam" })).toBe(", thanks");
  });
});

test("every emoji has a code of its own that can be typed", () => {
  const codes = EMOJI.map(([code]) => code);
  expect(new Set(codes).size).toBe(codes.length);
  expect(codes.length).toBeLessThanOrEqual(120);
  for (const code of codes) expect(at(`:${code}`)?.query, code).toBe(code);
});
