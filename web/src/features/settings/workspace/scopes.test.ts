import { expect, test } from "vitest";

import { scopesFor } from "./scopes";

test("a viewer's key only reads", () => {
  expect(scopesFor("viewer")).toEqual(["conversations:read", "contacts:read", "analytics:read"]);
});

test("an agent's key is never an admin's", () => {
  expect(scopesFor("agent")).not.toContain("admin");
  expect(scopesFor("agent")).toContain("bot");
});

test("an owner's key can have every scope", () => {
  expect(scopesFor("owner")).toHaveLength(8);
});
