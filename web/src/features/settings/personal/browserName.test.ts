import { expect, test } from "vitest";

import { browserName } from "./browserName";

test("Edge is not taken for Chrome, although it says so", () => {
  const line =
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0";
  expect(browserName(line)).toBe("Edge · Windows");
});

test("Chrome is not taken for Safari", () => {
  expect(browserName("Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0 Safari/537.36")).toBe("Chrome · Linux");
});

test("an Android phone is not taken for a Linux desk", () => {
  expect(browserName("Mozilla/5.0 (Android 15; Mobile) Firefox/140.0")).toBe("Firefox · Android");
});

test("what is no browser has no name", () => {
  expect(browserName("python-httpx/0.28")).toBeNull();
  expect(browserName(null)).toBeNull();
});
