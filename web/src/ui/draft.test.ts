import { expect, test } from "vitest";

import { Problem } from "@/api/problem";

import { changed, messageFor, readable } from "./draft";

const refusal = new Problem(422, "invalid", "business_hours: no", {
  errors: [
    { field: "business_hours.openings.0", message: "Value error, end must be later than start" },
    { field: "body.name", message: "too long" },
  ],
});

test("an edit that restores what is saved is no change", () => {
  expect(changed({ a: 1, list: ["x"] }, { a: 1, list: ["x"] })).toEqual({});
});

test("only what differs is sent", () => {
  expect(changed({ a: 1, b: 2 }, { a: 1, b: 3 })).toEqual({ b: 3 });
});

test("a message about something inside a field stands beside the field", () => {
  expect(messageFor(refusal, "business_hours")).toBe("End must be later than start");
});

test("a message about another field that only begins alike stays away", () => {
  expect(messageFor(refusal, "business")).toBeUndefined();
});

test("a field of the body is found by its own name", () => {
  expect(messageFor(refusal, "name")).toBe("Too long");
});

test("what is no refusal has no message for a field", () => {
  expect(messageFor(new Error("boom"), "name")).toBeUndefined();
});

test("a sentence begins with a capital", () => {
  expect(readable("use a name from the IANA list")).toBe("Use a name from the IANA list");
});
