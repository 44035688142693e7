import { describe, expect, it } from "vitest";

import { flat, withAgain, without, type ListPage } from "./listQuery";

const page = (...ids: string[]): ListPage => ({ ids, next: null });

describe("pages as one list", () => {
  it("keeps the server's order and counts a conversation on two pages once", () => {
    const { ids, places } = flat([page("a", "b"), page("b", "c")]);
    expect(ids).toEqual(["a", "b", "c"]);
    expect(places.get("c")).toBe(2);
  });

  it("goes on with the same array when only a page was added", () => {
    const first = page("a");
    const before = flat([first]);
    const after = flat([first, page("b")], before);
    expect(after.ids).toBe(before.ids);
    expect(after.ids).toEqual(["a", "b"]);
  });

  it("begins anew when a page before was read again", () => {
    const before = flat([page("a"), page("b")]);
    const after = flat([page("c")], before);
    expect(after.ids).toEqual(["c"]);
    expect(after.places.has("a")).toBe(false);
  });

  it("begins anew when pages were taken away", () => {
    const first = page("a");
    const before = flat([first, page("b")]);
    expect(flat([first], before).ids).toEqual(["a"]);
  });
});

describe("rows that leave a list", () => {
  const first = page("a", "b", "c", "d");
  const ids = (...pages: ListPage[]) => flat(pages).ids;

  it("come back to their places, in whatever order they left and return", () => {
    const left = without(without(first, new Set(["b"])), new Set(["c", "a"]));
    expect(ids(left)).toEqual(["d"]);
    expect(ids(withAgain(left, new Set(["b"])))).toEqual(["b", "d"]);
    expect(ids(withAgain(withAgain(left, new Set(["c"])), new Set(["b", "a"])))).toEqual([
      "a",
      "b",
      "c",
      "d",
    ]);
  });

  it("do not touch pages that they are not on", () => {
    expect(without(first, new Set(["x"]))).toBe(first);
    expect(withAgain(first, new Set(["a"]))).toBe(first);
    const left = without(first, new Set(["a"]));
    expect(without(left, new Set(["a"]))).toBe(left);
    expect(withAgain(left, new Set(["b"]))).toBe(left);
  });

  it("that are on two pages are gone from both", () => {
    const gone = new Set(["d"]);
    expect(ids(without(first, gone), without(page("d", "e"), gone))).toEqual(["a", "b", "c", "e"]);
  });
});
