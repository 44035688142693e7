import { describe, expect, it } from "vitest";

import { parts } from "./highlight";

const found = (text: string, words: string) =>
  parts(text, words)
    .filter(({ isFound }) => isFound)
    .map((part) => part.text);

describe("what is marked in a snippet", () => {
  it("marks beginnings of words, whatever their case", () => {
    expect(found("The Invoice, invoices and reinvoice", "invoice")).toEqual(["Invoice", "invoice"]);
  });

  it("loses and adds nothing", () => {
    const text = "¿Me envían la factura (corregida)?";
    expect(
      parts(text, "fact corr")
        .map((part) => part.text)
        .join(""),
    ).toBe(text);
  });

  it("takes signs in a search for what they are", () => {
    expect(found("a+b (c)", "+ ( .*")).toEqual([]);
  });
});
