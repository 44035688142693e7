import { i18n } from "@lingui/core";
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { Suspense } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { insist, lazily, partOf } from "./lazily";

beforeEach(() => {
  i18n.loadAndActivate({ locale: "en", messages: {} });
  vi.useFakeTimers();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
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

test("A part that does not come says so in its place, and offers to reload", async () => {
  const reload = vi.fn();
  vi.stubGlobal("location", { ...location, reload });
  const Part = lazily<() => null>(() => Promise.reject(new TypeError("gone")));
  render(
    <>
      <p>The rest</p>
      <Suspense fallback="to come">
        <Part />
      </Suspense>
    </>,
  );
  await act(() => vi.advanceTimersByTimeAsync(60_000));
  expect(screen.getByText("The rest")).toBeDefined();
  expect(screen.getByRole("alert").textContent).toContain("could not be loaded");
  fireEvent.click(screen.getByRole("button", { name: "Reload" }));
  expect(reload).toHaveBeenCalledOnce();
});

test("A page that does not come is one that says so", async () => {
  const Page = () => null;
  expect(await partOf(() => Promise.resolve({ Page }), "Page")).toEqual({ Page });
  const gone = partOf<"Page", { Page: typeof Page }>(() => Promise.reject(new TypeError("gone")), "Page");
  await vi.advanceTimersByTimeAsync(60_000);
  expect((await gone).Page).not.toBe(Page);
});
