import { i18n } from "@lingui/core";
import { expect, test } from "vitest";

import { DEFAULT_KEYS } from "./actions";
import { actionGroups } from "./groups";

i18n.loadAndActivate({ locale: "en", messages: {} });

test("every action stands in exactly one group", () => {
  const grouped = actionGroups().flatMap((group) => group.actions);
  expect([...grouped].sort()).toEqual(Object.keys(DEFAULT_KEYS).sort());
});
