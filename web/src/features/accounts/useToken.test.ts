import { expect, test } from "vitest";

import { tokenIn } from "./useToken";

test("the token is what stands behind #", () => {
  expect(tokenIn("#inv_a%2Fb")).toBe("inv_a/b");
  expect(tokenIn("")).toBe("");
});

test("a link that was cut is no token, and no crash", () => {
  expect(tokenIn("#%")).toBe("");
  expect(tokenIn("#abc%E2%8")).toBe("");
});
