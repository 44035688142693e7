import { expect, test } from "vitest";

import { mayManage, rolesToGive } from "./roles";

test("an agent manages nobody", () => {
  expect(mayManage("agent", "viewer", false)).toBe(false);
  expect(rolesToGive("agent")).toEqual([]);
});

test("an admin manages no other admin", () => {
  expect(mayManage("admin", "admin", false)).toBe(false);
  expect(mayManage("admin", "owner", false)).toBe(false);
});

test("an admin makes no admins", () => {
  expect(rolesToGive("admin")).toEqual(["viewer", "agent"]);
});

test("an admin may step down", () => {
  expect(mayManage("admin", "admin", true)).toBe(true);
});

test("an owner manages everybody", () => {
  expect(mayManage("owner", "owner", false)).toBe(true);
  expect(rolesToGive("owner")).toContain("owner");
});
