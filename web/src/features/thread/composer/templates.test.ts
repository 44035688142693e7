import { expect, test } from "vitest";

import { filledIn, type Template } from "./templates";

const template: Template = {
  name: "order_ready",
  language: "en_US",
  category: "UTILITY",
  header: "Order {{1}}",
  body: "Hello {{2}}, it is ready. {{3}}",
  footer: null,
  variables: ["1", "2", "3"],
  can_be_sent: true,
};

test("what is known is filled in, what is not stays visible", () => {
  expect(filledIn(template, ["42", " Ana "])).toBe("Order 42\n\nHello Ana, it is ready. {{3}}");
});

test("a value that looks like a variable is not filled in again", () => {
  expect(filledIn(template, ["42", "{{1}}", "$&"])).toBe("Order 42\n\nHello {{1}}, it is ready. $&");
});
