import { expect, test } from "vitest";

import { safeBack } from "./back";

const here = "https://dibs.example.com";

test("a page of this site is restored with its filters", () => {
  expect(safeBack("/inbox/unclaimed?channel=whatsapp#top", here)).toBe(
    "/inbox/unclaimed?channel=whatsapp#top",
  );
});

test("nothing to go back to is home", () => {
  expect(safeBack(undefined, here)).toBe("/");
});

test.each([
  "https://evil.example.com/",
  "//evil.example.com/x",
  "/\\evil.example.com/x",
  "/\t/evil.example.com",
  "javascript:alert(1)",
  "evil.example.com",
  "",
])("another site is refused: %s", (back) => {
  expect(safeBack(back, here)).toBe("/");
});

test.each(["/sign-in?back=/x", "/join", "/welcome?code=1"])("signing in never ends at %s", (back) => {
  expect(safeBack(back, here)).toBe("/");
});

test("a page that only begins like one of those is restored", () => {
  expect(safeBack("/joiners", here)).toBe("/joiners");
});
