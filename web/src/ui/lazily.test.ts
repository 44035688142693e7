import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { insist } from "./lazily";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

test("What came at once is asked for once", async () => {
  const read = vi.fn(() => Promise.resolve("here"));
  expect(await insist(read)).toBe("here");
  expect(read).toHaveBeenCalledTimes(1);
});

test("What did not come is asked for again after a pause", async () => {
  const read = vi.fn().mockRejectedValueOnce(new TypeError("gone")).mockResolvedValue("here");
  const wanted = insist(read);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(await wanted).toBe("here");
});

test("The network's return ends the pause", async () => {
  const read = vi.fn().mockRejectedValueOnce(new TypeError("gone")).mockResolvedValue("here");
  const wanted = insist(read);
  await vi.advanceTimersByTimeAsync(1);
  window.dispatchEvent(new Event("online"));
  expect(await wanted).toBe("here");
});

test("With a network it is given up in the end", async () => {
  const read = vi.fn(() => Promise.reject(new TypeError("gone")));
  const wanted = expect(insist(read)).rejects.toThrow("gone");
  await vi.advanceTimersByTimeAsync(60_000);
  await wanted;
  expect(read).toHaveBeenCalledTimes(5);
});

test("Without one it is never given up", async () => {
  vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
  const read = vi.fn(() => Promise.reject(new TypeError("gone")));
  void insist(read);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(read.mock.calls.length).toBeGreaterThan(10);
});
