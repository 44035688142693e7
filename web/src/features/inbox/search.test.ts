import { describe, expect, it } from "vitest";

import { filtersOf, isNarrowed, validateInboxSearch } from "./search";

describe("the list's address", () => {
  it("leaves out what is malformed", () => {
    expect(validateInboxSearch({ channel: false, tag: [1, ""], waiting: "soon", nonsense: "x" })).toEqual({});
  });

  it("reads one tag or several, each once and in one order", () => {
    expect(filtersOf({ tag: "vip" })).toEqual({ tag: ["vip"] });
    expect(filtersOf({ tag: ["vip", "billing", "vip"] })).toEqual({ tag: ["billing", "vip"] });
  });

  it("reads a search for digits, which an address gives as a number", () => {
    expect(filtersOf({ q: 436849 })).toEqual({ q: "436849" });
  });

  it("refuses a waiting time that is none", () => {
    expect(filtersOf({ waiting: -5 })).toEqual({});
    expect(filtersOf({ waiting: 2.5 })).toEqual({});
    expect(filtersOf({ waiting: "15" })).toEqual({ waiting: 15 });
  });

  it("writes equal filters alike, whatever the order they came in", () => {
    const one = filtersOf({ sort: "newest", channel: "email" });
    const other = filtersOf({ channel: "email", sort: "newest" });
    expect(JSON.stringify(one)).toBe(JSON.stringify(other));
  });

  it("an order alone narrows nothing", () => {
    expect(isNarrowed({ sort: "newest" })).toBe(false);
    expect(isNarrowed({ q: "x" })).toBe(true);
  });
});
