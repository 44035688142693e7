import { expect, test } from "vitest";

import { shortcutFrom, withVariable } from "./cannedReply";

test("a title becomes a shortcut of letters, digits and dashes", () => {
  expect(shortcutFrom("Refund, how long?")).toBe("refund-how-long");
});

test("accents are dropped, not the letters", () => {
  expect(shortcutFrom("Devolución")).toBe("devolucion");
});

test("a title in another script suggests nothing", () => {
  expect(shortcutFrom("返金")).toBe("");
});

test("a shortcut never ends in a dash, also when cut", () => {
  expect(shortcutFrom(`${"a".repeat(39)} b`)).toBe("a".repeat(39));
});

test("a variable stands at the caret, with a blank before it", () => {
  expect(withVariable("Hello, thanks", 5, "customer")).toBe("Hello {{customer}}, thanks");
});

test("no second blank is put in, nor one at the beginning", () => {
  expect(withVariable("Hi ", 3, "agent")).toBe("Hi {{agent}}");
  expect(withVariable("", 0, "agent")).toBe("{{agent}}");
});
