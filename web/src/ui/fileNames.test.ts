import { expect, test } from "vitest";

import { plainName } from "./fileNames";

test("a name that turns its direction around is shown as it is stored", () => {
  expect(plainName("invoice\u202Efdp.exe")).toBe("invoicefdp.exe");
  expect(plainName("\u2066a\u2069\u0007.txt")).toBe("a.txt");
});

test("names of all languages stay", () => {
  for (const name of ["Rechnung März.pdf", "счёт.pdf", "חשבונית.pdf", "請求書.pdf"])
    expect(plainName(name)).toBe(name);
});
