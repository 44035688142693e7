// @vitest-environment node
import { readFileSync } from "node:fs";

import openapiTS, { astToString } from "openapi-typescript";
import { expect, test } from "vitest";

const here = (name: string) => new URL(name, import.meta.url);

test("schema.d.ts is what the server's document says; run `python3 dev.py gen` when it is not", async () => {
  const generated = astToString(await openapiTS(here("./openapi.json")));
  const kept = readFileSync(here("./schema.d.ts"), "utf8");
  // The command line puts a banner above it.
  expect(kept.endsWith(generated)).toBe(true);
});

test("a document that says something else would be caught", async () => {
  const document = JSON.parse(readFileSync(here("./openapi.json"), "utf8"));
  document.components.schemas.Conversation.properties.epoch = { type: "string" };
  const generated = astToString(await openapiTS(document));
  expect(readFileSync(here("./schema.d.ts"), "utf8").endsWith(generated)).toBe(false);
});
