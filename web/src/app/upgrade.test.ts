import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { reloadAfterUpgrades } from "./upgrade";

const reload = vi.fn();
let served: string;

beforeEach(() => {
  reload.mockClear();
  sessionStorage.clear();
  document.body.innerHTML = '<form><input id="field" /></form><textarea id="composer"></textarea>';
  served = '<script type="module" src="/assets/index-newer.js"></script>';
  vi.stubGlobal("location", { ...location, reload });
  vi.stubGlobal("fetch", () => Promise.resolve(new Response(served)));
});

afterEach(() => vi.unstubAllGlobals());

reloadAfterUpgrades();

async function missAFile(): Promise<void> {
  window.dispatchEvent(new Event("vite:preloadError"));
  await new Promise((resolve) => setTimeout(resolve, 0));
}

describe("a missing part of the app", () => {
  it("reloads the page when the server has a newer one", async () => {
    await missAFile();
    expect(reload).toHaveBeenCalledTimes(1);
  });

  it("reloads it once, not again and again", async () => {
    await missAFile();
    await missAFile();
    expect(reload).toHaveBeenCalledTimes(1);
  });

  it("reloads nothing when the server still has this app", async () => {
    const path = new URL(import.meta.url).pathname.replace(".test.ts", ".ts");
    served = `<script type="module" src="${path}"></script>`;
    await missAFile();
    expect(reload).not.toHaveBeenCalled();
  });

  it("reloads nothing when the network is gone", async () => {
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("Failed to fetch")));
    await missAFile();
    expect(reload).not.toHaveBeenCalled();
  });

  it("reloads nothing when the server is in trouble", async () => {
    vi.stubGlobal("fetch", () => Promise.resolve(new Response(served, { status: 503 })));
    await missAFile();
    expect(reload).not.toHaveBeenCalled();
  });

  it("does not take a form away from who fills it in", async () => {
    document.getElementById("field")?.focus();
    await missAFile();
    expect(reload).not.toHaveBeenCalled();
  });

  it("reloads under a composer, which keeps its text", async () => {
    document.getElementById("composer")?.focus();
    await missAFile();
    expect(reload).toHaveBeenCalledTimes(1);
  });
});
