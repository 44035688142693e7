import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act } from "react";
import { createRoot } from "react-dom/client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { forget, update } from "@/realtime/store";

import { useFeed } from "./useNotifications";

let reads = 0;
let root: ReturnType<typeof createRoot>;

function Watch() {
  useFeed();
  return null;
}

beforeEach(async () => {
  vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
  reads = 0;
  vi.stubGlobal("fetch", () => {
    reads++;
    return Promise.resolve(Response.json({ data: [], next_cursor: null }));
  });
  root = createRoot(document.createElement("div"));
  await act(() =>
    Promise.resolve(
      root.render(
        <QueryClientProvider client={new QueryClient()}>
          <Watch />
        </QueryClientProvider>,
      ),
    ),
  );
});
afterEach(() => {
  act(() => root.unmount());
  forget();
  vi.unstubAllGlobals();
});

test("notifications are read when it is known where events begin: one in between would be missed", async () => {
  expect(reads).toBe(0);
  await act(() => Promise.resolve(update((state) => ({ ...state, cursor: 7 }))));
  expect(reads).toBe(1);
});
