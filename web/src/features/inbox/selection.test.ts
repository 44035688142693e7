import { beforeEach, describe, expect, it } from "vitest";

import { clear, getSelected, MOST, select, selectionOf, selectionText, selectTo, toggle } from "./selection";

const ids = Array.from({ length: 300 }, (_, n) => `conv_${String(n).padStart(26, "0")}`);
const at = (n: number) => ids[n] ?? "";

describe("selecting", () => {
  beforeEach(clear);

  it("selects and unselects one", () => {
    toggle(at(3));
    expect([...getSelected()]).toEqual([at(3)]);
    toggle(at(3));
    expect(getSelected().size).toBe(0);
  });

  it("selects a range from the last selected row, in either direction", () => {
    toggle(at(5));
    selectTo(at(2), ids);
    expect([...getSelected()].sort()).toEqual(ids.slice(2, 6));
  });

  it("a range without a beginning is the row itself", () => {
    selectTo(at(7), ids);
    expect([...getSelected()]).toEqual([at(7)]);
  });

  it("refuses more than one action takes, and says so", () => {
    select(ids);
    expect(getSelected().size).toBe(MOST);
    expect(toggle(at(250))).toBe(false);
    expect(selectTo(at(299), ids)).toBe(false);
    expect(getSelected().size).toBe(MOST);
  });

  it("stands in the address and is read from it", () => {
    select(ids.slice(0, 2));
    const text = selectionText(getSelected());
    expect(text).not.toContain("conv_");
    expect(selectionOf(text)).toEqual(ids.slice(0, 2));
  });

  it("takes nothing malformed from an address", () => {
    expect(selectionOf("x.<script>.01")).toEqual([]);
    expect(selectionOf(undefined)).toEqual([]);
    expect(selectionText(new Set())).toBeUndefined();
  });
});
