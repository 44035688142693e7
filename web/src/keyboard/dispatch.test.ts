import { expect, test, vi } from "vitest";

import { offer, offered } from "./dispatch";
import { chooseKeys, element, freshKeyboard, offering, offers, press, ran } from "./testing";

freshKeyboard();

test("a key runs the action that is offered, and only that", () => {
  offers("claim", "release", "resolve");
  press("c");
  press("C", { shiftKey: true });
  press("q");
  expect(ran).toEqual(["claim", "release"]);
});

test("what nobody offers, or no longer, does nothing and leaves the key to the browser", () => {
  const stop = offer({ id: "claim", run: () => ran.push("claim"), isEnabled: true });
  stop();
  expect(press("c").defaultPrevented).toBe(false);
  expect(ran).toEqual([]);
});

test("of several offers the newest counts, until it is withdrawn", () => {
  const older = vi.fn();
  const newer = vi.fn();
  offering("claim", older);
  const stop = offer({ id: "claim", run: newer, isEnabled: true });
  press("c");
  stop();
  press("c");
  expect([older.mock.calls.length, newer.mock.calls.length]).toEqual([1, 1]);
  expect(offered().map(({ id }) => id)).toEqual(["claim"]);
});

test("what cannot be done now is not done", () => {
  offering("claim", () => ran.push("claim"), false);
  press("c");
  expect(ran).toEqual([]);
});

test("two keys after each other are one command", () => {
  offers("go-mine", "priority-urgent");
  press("g");
  press("m");
  press("p");
  press("4");
  expect(ran).toEqual(["go-mine", "priority-urgent"]);
});

test("a sequence is given up after a while, by another key, or in a field", () => {
  vi.useFakeTimers();
  offers("go-mine", "go-unclaimed");
  press("g");
  vi.advanceTimersByTime(1_201);
  press("m");
  press("g");
  press("q");
  press("m");
  press("g");
  press("m", {}, element("<input data-here>"));
  expect(ran).toEqual([]);
});

test("Shift alone between two keys does not end a sequence", () => {
  offers("go-mine");
  press("g");
  press("Shift", { shiftKey: true });
  press("m");
  expect(ran).toEqual(["go-mine"]);
});

test("the second key of a sequence is a command of its own when the first meant nothing", () => {
  offers("claim", "go-mine");
  press("g");
  press("c");
  expect(ran).toEqual(["claim"]);
});

test("a key that is held down moves on, but claims once", () => {
  offers("claim", "next");
  press("c");
  press("c", { repeat: true });
  press("j");
  press("j", { repeat: true });
  press("ArrowDown", { repeat: true });
  expect(ran).toEqual(["claim", "next", "next", "next"]);
});

test("a key that was changed works, the usual one no longer", () => {
  chooseKeys({ claim: "q", release: false });
  offers("claim", "release");
  press("c");
  press("C", { shiftKey: true });
  press("q");
  expect(ran).toEqual(["claim"]);
});
