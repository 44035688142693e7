import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { followTips, type Tipped } from "./followTips";

let shown: (string | null)[];
let stop: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  document.body.innerHTML =
    '<p id="text"></p><button id="one" data-tip="One" data-tip-action="claim"><i id="icon"></i></button>' +
    '<button id="two" data-tip="Two"></button><div data-tip-popup id="tip"></div>';
  shown = [];
  stop = followTips((tip: Tipped | null) => shown.push(tip && `${tip.text} ${tip.action ?? ""}`.trim()));
});

afterEach(() => {
  stop();
  vi.useRealTimers();
});

function point(id: string, pointerType = "mouse"): void {
  document.getElementById(id)?.dispatchEvent(new PointerEvent("pointerover", { bubbles: true, pointerType }));
}

function press(id: string): void {
  document.getElementById(id)?.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }));
}

describe("the tip to be shown", () => {
  it("comes after a moment on the element or on what is in it, with the key of its action", () => {
    point("icon");
    vi.advanceTimersByTime(499);
    expect(shown).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(shown).toEqual(["One claim"]);
  });

  it("does not come when the pointer only passes by", () => {
    point("one");
    vi.advanceTimersByTime(200);
    point("text");
    vi.advanceTimersByTime(1_000);
    expect(shown).not.toContain("One claim");
  });

  it("does not come for a finger", () => {
    point("one", "touch");
    vi.advanceTimersByTime(1_000);
    expect(shown).toEqual([]);
  });

  it("comes at once while another one is shown", () => {
    point("one");
    vi.advanceTimersByTime(500);
    point("two");
    vi.advanceTimersByTime(0);
    expect(shown).toEqual(["One claim", "Two"]);
  });

  it("stays while the pointer is on the tip itself, and goes when it leaves that", () => {
    point("one");
    vi.advanceTimersByTime(500);
    point("text");
    vi.advanceTimersByTime(50);
    point("tip");
    vi.advanceTimersByTime(5_000);
    expect(shown).toEqual(["One claim"]);
    point("text");
    vi.advanceTimersByTime(200);
    expect(shown).toEqual(["One claim", null]);
  });

  it("goes with Escape", () => {
    point("one");
    vi.advanceTimersByTime(500);
    document.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
    vi.advanceTimersByTime(0);
    expect(shown).toEqual(["One claim", null]);
  });

  it("does not come back for what was pressed until the pointer has left it", () => {
    point("one");
    vi.advanceTimersByTime(500);
    press("one");
    point("icon");
    vi.advanceTimersByTime(1_000);
    expect(shown).toEqual(["One claim", null]);
    point("text");
    point("one");
    vi.advanceTimersByTime(1_000);
    expect(shown.at(-1)).toBe("One claim");
  });

  it("does not come for an element that is gone by then", () => {
    point("one");
    document.getElementById("one")?.remove();
    vi.advanceTimersByTime(1_000);
    expect(shown).not.toContain("One claim");
  });
});
