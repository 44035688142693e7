import { expect, test } from "vitest";

import type { Prospect } from "@/api/types";

import { teammates } from "./teammates";

function prospect(name: string, held: number, changes: Partial<Prospect> = {}): Prospect {
  const agent = { id: `agt_${name}`, name };
  return { agent, eligible: true, availability: "available", held, limit: 20, reasons: [], ...changes };
}
const holder = { code: "already_claimed", assignee: { id: "agt_Sam", name: "Sam" } } as const;
const full = { code: "claim_limit_reached", held: 20, limit: 20 } as const;
const outside = {
  code: "pool_restricted" as const,
  pools: [{ id: "pool_1", name: "Billing" }],
} satisfies Prospect["reasons"][number];
const names = (prospects: Prospect[], typed = "", isAdmin = false) =>
  teammates(prospects, "agt_Sam", isAdmin, typed).map(({ agent }) => agent.name);

test("the holder is not among those it can be given to", () => {
  expect(names([prospect("Sam", 1), prospect("Kim", 2)])).toEqual(["Kim"]);
});

test("that somebody holds it now hinders nobody from getting it", () => {
  const [kim] = teammates([prospect("Kim", 2, { eligible: false, reasons: [holder] })], "agt_Sam", false, "");
  expect(kim).toMatchObject({ canChoose: true, obstacles: [] });
});

test("those who can take it come first, then the available, then the least busy", () => {
  const people = [
    prospect("Ann", 0, { reasons: [outside] }),
    prospect("Bob", 9),
    prospect("Cid", 3),
    prospect("Dan", 1, { availability: "away" }),
    prospect("Eve", 0, { availability: "off_shift" }),
  ];
  expect(names(people)).toEqual(["Cid", "Bob", "Dan", "Eve", "Ann"]);
});

test("at the limit only an admin may choose, and only when nothing else hinders", () => {
  const people = [
    prospect("Kim", 20, { reasons: [full] }),
    prospect("Ann", 20, { reasons: [full, outside] }),
  ];
  const choices = (isAdmin: boolean) =>
    teammates(people, undefined, isAdmin, "").map(({ agent, canChoose }) => [agent.name, canChoose]);
  expect(choices(false)).toEqual([
    ["Ann", false],
    ["Kim", false],
  ]);
  expect(choices(true)).toEqual([
    ["Kim", true],
    ["Ann", false],
  ]);
});

test("who was deactivated is not shown, a viewer is, with the reason", () => {
  const people = [
    prospect("Kim", 0, { reasons: [{ code: "inactive" }] }),
    prospect("Val", 0, { reasons: [{ code: "forbidden", needs: "agent" }] }),
  ];
  expect(names(people)).toEqual(["Val"]);
});

test("names are found without accents and case, and by any part", () => {
  const people = [prospect("Chloé Martin", 1), prospect("Kofi Mensah", 2)];
  expect(names(people, "chloe")).toEqual(["Chloé Martin"]);
  expect(names(people, " MENS ")).toEqual(["Kofi Mensah"]);
  expect(names(people, "x")).toEqual([]);
});
