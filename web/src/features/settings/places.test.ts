import { i18n } from "@lingui/core";
import { expect, test } from "vitest";

import { placeAt } from "./places";

i18n.loadAndActivate({ locale: "en", messages: {} });

test("an address leads to its place", () => {
  expect(placeAt("workspace/limits")).toEqual({ path: "workspace/limits", rest: "" });
});

test("what follows a place belongs to its page", () => {
  expect(placeAt("team/pools/pool_1")).toEqual({ path: "team/pools", rest: "pool_1" });
});

test("a slash at the end changes nothing", () => {
  expect(placeAt("inbox/")).toEqual({ path: "inbox", rest: "" });
});

test("an address that only begins like a place leads nowhere", () => {
  expect(placeAt("inboxes")).toBeNull();
});

test("no address leads nowhere: the list is shown", () => {
  expect(placeAt("")).toBeNull();
});
