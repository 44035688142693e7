import { afterEach, expect, test, vi } from "vitest";

import { arrive, goTo, stopGoing } from "./going";
import { freshKeyboard, offering, offers, press, ran } from "./testing";

freshKeyboard();
afterEach(stopGoing);

test("a key on the way acts on arrival, on what is offered there", () => {
  const there = vi.fn();
  offers("claim");
  goTo("conv_2");
  expect(press("c").defaultPrevented).toBe(true);
  expect(ran).toEqual([]);
  offering("claim", there);
  arrive("conv_2");
  expect(there).toHaveBeenCalledOnce();
  expect(ran).toEqual([]);
});

test("keys that move on do not wait", () => {
  offers("next", "previous");
  goTo("conv_2");
  press("j");
  press("k");
  expect(ran).toEqual(["next", "previous"]);
});

test("a move after a key that waits waits too, and what comes after it waits for its end", () => {
  offers("claim", "release");
  offering("next", () => {
    ran.push("next");
    goTo("conv_3");
  });
  goTo("conv_2");
  for (const key of ["c", "j"]) press(key);
  press("C", { shiftKey: true });
  arrive("conv_2");
  expect(ran).toEqual(["claim", "next"]);
  arrive("conv_3");
  arrive("conv_3");
  expect(ran).toEqual(["claim", "next", "release"]);
});

test("what meant a place where nobody arrived is not done elsewhere", () => {
  offers("claim");
  goTo("conv_2");
  press("c");
  goTo("conv_3");
  arrive("conv_2");
  arrive("conv_3");
  expect(ran).toEqual([]);
});

test("what nobody offers there, or that cannot be done there, is not done", () => {
  offers("claim");
  goTo("conv_2");
  press("c");
  offering("release", () => ran.push("release"));
  press("C", { shiftKey: true });
  offering("claim", () => ran.push("claim"), false);
  arrive("conv_2");
  expect(ran).toEqual(["claim", "release"]);
});

test("who never arrives does nothing by that", () => {
  vi.useFakeTimers();
  offers("claim");
  goTo("conv_2");
  press("c");
  vi.advanceTimersByTime(1_000);
  arrive("conv_2");
  expect(ran).toEqual([]);
  press("c");
  expect(ran).toEqual(["claim"]);
});
