import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { stayed, stepped } from "./pace";

beforeEach(() => {
  vi.useFakeTimers();
  vi.advanceTimersByTime(1_000);
});
afterEach(() => vi.useRealTimers());

const wanted = () => new AbortController();

test("who did not step does not wait", async () => {
  await stayed(wanted().signal);
});

test("who steps on and on waits until the last step is over", async () => {
  const done = vi.fn();
  stepped();
  void stayed(wanted().signal).then(done);
  for (let n = 0; n < 5; n++) {
    await vi.advanceTimersByTimeAsync(150);
    stepped();
  }
  expect(done).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(200);
  expect(done).toHaveBeenCalledOnce();
});

test("what is no longer wanted is not waited for", async () => {
  stepped();
  const leaving = wanted();
  const waiting = expect(stayed(leaving.signal)).rejects.toThrow("left");
  leaving.abort(new Error("left"));
  await waiting;
  expect(vi.getTimerCount()).toBe(0);
});

test("what is not wanted from the start is refused, step or no step", async () => {
  const left = AbortSignal.abort(new Error("left"));
  await expect(stayed(left)).rejects.toThrow("left");
  stepped();
  await expect(stayed(left)).rejects.toThrow("left");
});
