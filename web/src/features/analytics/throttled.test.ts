import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { throttled } from "./throttled";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("a burst runs at once and once more at the end of the pace", () => {
  const run = vi.fn();
  const { ask } = throttled(run, 1_000);
  for (let each = 0; each < 50; each++) ask();
  expect(run).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(1_000);
  expect(run).toHaveBeenCalledTimes(2);
  vi.advanceTimersByTime(10_000);
  expect(run).toHaveBeenCalledTimes(2);
});

test("after a quiet pace it runs at once again", () => {
  const run = vi.fn();
  const { ask } = throttled(run, 1_000);
  ask();
  vi.advanceTimersByTime(1_000);
  ask();
  expect(run).toHaveBeenCalledTimes(2);
});

test("once stopped, nothing runs later", () => {
  const run = vi.fn();
  const { ask, stop } = throttled(run, 1_000);
  ask();
  ask();
  stop();
  vi.advanceTimersByTime(5_000);
  expect(run).toHaveBeenCalledTimes(1);
});
