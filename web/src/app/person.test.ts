import { afterEach, beforeEach, expect, test, vi } from "vitest";

/** Windows of one browser, which hear each other at once. */
class Windows {
  static all: Windows[] = [];
  onmessage?: (event: { data: unknown }) => void;
  heard: unknown[] = [];
  constructor() {
    Windows.all.push(this);
  }
  postMessage(data: unknown) {
    for (const each of Windows.all.filter((window) => window !== this)) {
      each.heard.push(data);
      each.onmessage?.({ data });
    }
  }
}

const reload = vi.fn();
const fetched = vi.fn(() => Promise.resolve(Response.json({})));
let other: Windows;

beforeEach(() => {
  vi.resetModules();
  vi.stubGlobal("BroadcastChannel", Windows);
  vi.stubGlobal("fetch", fetched.mockClear());
  vi.spyOn(location, "reload").mockImplementation(reload.mockClear());
  Windows.all = [];
  other = new Windows();
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const page = async () => (await import("./person")).isPageOf;

test("a page says once whose it is", async () => {
  const isPageOf = await page();
  for (const id of ["agt_1", "agt_1", "agt_2"]) isPageOf(id);
  expect(other.heard).toEqual(["agt_1", "agt_2"]);
});

test("it says so when it has asked who is signed in", async () => {
  const me = { agent: { id: "agt_1" }, preferences: { theme: "system", locale: "en", keyboard: {} } };
  fetched.mockImplementation(() => Promise.resolve(Response.json(me)));
  const { refuseSignedOut } = await import("./session");
  await refuseSignedOut("/");
  expect(other.heard).toEqual(["agt_1"]);
});

test("when somebody else signs in in another window, this one starts anew and writes nothing in their name", async () => {
  const isPageOf = await page();
  const { drafts, ownDrafts, saveNow, write } = await import("@/features/thread/composer/drafts");
  isPageOf("agt_1");
  ownDrafts("agt_1");
  write("conv_1", { kind: "reply", text: "Dear Ana" });
  other.postMessage("agt_2");
  expect(reload).toHaveBeenCalledOnce();
  saveNow();
  expect(drafts.get("conv_1")).toBeUndefined();
  expect(fetched).not.toHaveBeenCalled();
});

test("their author finds the text again", async () => {
  const isPageOf = await page();
  const { drafts, ownDrafts, restore, write } = await import("@/features/thread/composer/drafts");
  isPageOf("agt_1");
  ownDrafts("agt_1");
  write("conv_1", { kind: "reply", text: "Dear Ana" });
  other.postMessage("agt_2");
  ownDrafts("agt_1");
  restore("conv_1", undefined, Infinity);
  expect(drafts.get("conv_1")?.text).toBe("Dear Ana");
});

test("a window of the same person, and one where nobody has signed in, goes on", async () => {
  const isPageOf = await page();
  other.postMessage("agt_2");
  isPageOf("agt_2");
  other.postMessage("agt_2");
  expect(reload).not.toHaveBeenCalled();
});

test("a page that the browser brings back as it was left starts anew: its person may have signed out", async () => {
  const listen = vi.spyOn(window, "addEventListener");
  const isPageOf = await page();
  // Of this page: those of the tests before listen as well.
  const onShow = listen.mock.calls.find(([kind]) => kind === "pageshow")?.[1] as (event: object) => void;
  onShow({ persisted: true });
  isPageOf("agt_1");
  onShow({ persisted: false });
  expect(reload).not.toHaveBeenCalled();
  onShow({ persisted: true });
  expect(reload).toHaveBeenCalledOnce();
});
