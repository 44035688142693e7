import { describe, expect, it, vi } from "vitest";

import { late } from "./late";

describe("a late module", () => {
  it("is fetched once, however many want it", async () => {
    const read = vi.fn(() => Promise.resolve("parts"));
    const parts = late(read);
    await Promise.all([parts.load(), parts.load()]);
    await parts.load();
    expect(read).toHaveBeenCalledTimes(1);
    expect(parts.get()).toBe("parts");
  });

  it("is not there before it has come", () => {
    const parts = late(() => new Promise<string>(() => undefined));
    void parts.load();
    expect(parts.get()).toBeUndefined();
  });

  it("tells who listens when it is there, not before", async () => {
    const parts = late(() => Promise.resolve("parts"));
    const listener = vi.fn();
    parts.subscribe(listener);
    const coming = parts.load();
    expect(listener).not.toHaveBeenCalled();
    await coming;
    expect(listener).toHaveBeenCalledTimes(1);
  });

  it("can be fetched again after it did not come", async () => {
    const read = vi.fn().mockRejectedValueOnce(new TypeError("no network")).mockResolvedValueOnce("parts");
    const parts = late<string>(read);
    await expect(parts.load()).rejects.toThrow("no network");
    expect(parts.get()).toBeUndefined();
    await expect(parts.load()).resolves.toBe("parts");
  });
});
