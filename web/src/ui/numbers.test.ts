import { i18n } from "@lingui/core";
import { beforeAll, expect, test } from "vitest";

import { capped, duration, number, percent, fileSize } from "./numbers";

beforeAll(() => i18n.loadAndActivate({ locale: "en", messages: {} }));

test.each([
  [0, "0 s"],
  [0.4, "< 1 s"],
  [59.4, "59 s"],
  [59.6, "1 min"],
  [252, "4 min 12 s"],
  [3_599.7, "1 h"],
  [3_600 + 29 * 60 + 40, "1 h 30 min"],
  [86_399, "1 d"],
  [2 * 86_400 + 4 * 3_600, "2 d 4 h"],
])("%d seconds are read as %s", (seconds, text) => {
  expect(duration(seconds)).toBe(text.replaceAll(" ", "\u00a0"));
});

test("what was not measured is a dash and never zero", () => {
  expect(duration(null)).toBe("–");
  expect(number(null)).toBe("–");
  expect(percent(0, 0)).toBe("–");
});

test("a share of something is a whole percentage", () => {
  expect(percent(1, 3)).toBe("33%");
  expect(percent(0, 3)).toBe("0%");
});

test("a count at the server's limit says that there are more", () => {
  expect(capped({ count: 1_000, capped: true })).toBe("1,000+");
  expect(capped({ count: 7, capped: false })).toBe("7");
});

test("the size of a file stands in the unit that fits, rounded down", () => {
  expect([0, 812, 1_999, 20_971_520, 3_000_000_000].map(fileSize)).toEqual([
    "0 byte",
    "812 byte",
    "1 kB",
    "20.9 MB",
    "3 GB",
  ]);
});
