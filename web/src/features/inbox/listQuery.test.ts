import { describe, expect, it } from "vitest";

import { flat, type ListPage } from "./listQuery";

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
