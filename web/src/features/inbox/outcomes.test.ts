import { i18n } from "@lingui/core";
import { beforeAll, describe, expect, it } from "vitest";

import type { BulkResult } from "./bulk";
import { canUndo, changed } from "./bulk";
import { aConversation } from "./fixtures";
import { grouped } from "./outcomes";

const result: BulkResult = {
  action: "claim",
  ids: ["conv_1", "conv_2", "conv_3"],
  more: {},
  held: 20,
  limit: 20,
  before: new Map([["conv_1", aConversation()]]),
  results: [
    { id: "conv_2", outcome: "already_claimed", assignee: { id: "agt_sam", name: "Sam" } },
    { id: "conv_3", outcome: "claim_limit_reached" },
    { id: "conv_1", outcome: "claimed" },
  ] as BulkResult["results"],
};

describe("the result of a bulk action", () => {
  beforeAll(() => i18n.loadAndActivate({ locale: "en", messages: {} }));

  it("begins with what succeeded and names the customers", () => {
    const groups = grouped(result);
    expect(groups.map(({ outcome }) => outcome)).toEqual([
      "claimed",
      "already_claimed",
      "claim_limit_reached",
    ]);
    expect(groups[0]?.items[0]?.name).toBe("Ana Ruiz");
  });

  it("calls a refusal none of the good outcomes", () => {
    expect(grouped(result).map(({ isGood }) => isGood)).toEqual([true, false, false]);
  });

  it("can take back only what it changed", () => {
    expect(changed(result)).toEqual(["conv_1"]);
    expect(canUndo(result)).toBe(true);
    expect(canUndo({ ...result, results: result.results.slice(0, 2) })).toBe(false);
    expect(canUndo({ ...result, action: "reassign" })).toBe(false);
  });
});
