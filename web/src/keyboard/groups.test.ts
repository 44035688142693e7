import { expect, test } from "vitest";

import { DEFAULT_KEYS } from "./actions";
import { actionGroups } from "./groups";

test("every action stands in exactly one group", () => {
  const grouped = actionGroups().flatMap((group) => group.actions);
  expect([...grouped].sort()).toEqual(Object.keys(DEFAULT_KEYS).sort());
});
