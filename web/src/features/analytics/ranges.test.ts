import { i18n } from "@lingui/core";
import { beforeAll, expect, test } from "vitest";

import { rangeErrors } from "./ranges";

beforeAll(() => i18n.loadAndActivate({ locale: "en", messages: {} }));

const TODAY = "2026-11-27";

test("a single day that has begun is a range", () => {
  expect(rangeErrors({ from: TODAY, to: TODAY }, TODAY)).toEqual({});
});

test.each([
  [{ from: "", to: TODAY }, { from: "Enter the first day." }],
  [{ from: TODAY, to: "" }, { to: "Enter the last day." }],
  [{ from: "2026-11-31", to: TODAY }, { from: "Enter the first day." }],
  [{ from: "2026-11-28", to: "2026-11-29" }, { from: "Choose a day that has begun." }],
  [{ from: "2026-11-20", to: "2026-11-28" }, { to: "Choose a day that has begun." }],
  [{ from: "2026-11-20", to: "2026-11-19" }, { to: "Choose the first day or a later one." }],
])("%o is told %o", (range, errors) => {
  expect(rangeErrors(range, TODAY)).toEqual(errors);
});
