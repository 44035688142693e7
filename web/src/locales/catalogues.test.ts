import { formatter } from "@lingui/format-po";
import { compileMessageOrThrow, type CompiledMessage } from "@lingui/message-utils/compileMessage";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { plain } from "./plain";

// Names, units, and what only joins values: the same in both languages.
const ALIKE = [
  "+{count}",
  "< 1 s",
  "App",
  "Esc",
  "General",
  "Hash",
  "Id",
  "Normal",
  "Personal",
  "Spam",
  "Variables",
  "Widget",
  "n < {fewest}",
  "tokens",
  "p50 · p90, {rule}",
  "{days} d",
  "{hours} h",
  "{minutes} min",
  "{rule}, {period} ({zone}), {clock}",
  "{rule}, {period} ({zone})",
  "{value} d",
  "{value} h",
  "{value} min",
  "{value} s",
];

const english = await catalogue("en");
const spanish = await catalogue("es");
const pairs = [...spanish].map(([id, text]) => [english.get(id) ?? id, text] as const);

async function catalogue(locale: string): Promise<Map<string, string>> {
  const filename = join(import.meta.dirname, `${locale}.po`);
  const parsed = await formatter({ explicitIdAsDefault: true }).parse(readFileSync(filename, "utf8"), {
    locale,
    sourceLocale: "en",
    filename,
  });
  return new Map(Object.entries(parsed).map(([id, { translation }]) => [id, translation ?? ""]));
}

/** What a text needs from its caller: the names of its values, and the cases of those that it tells apart. */
function needs(text: string): { values: string[]; choices: string[] } {
  const values = new Set<string>();
  const choices = new Set<string>();
  const read = (message: CompiledMessage) => {
    for (const token of message) {
      if (typeof token === "string") continue;
      const [name, type, cases] = token;
      values.add(name);
      if (typeof cases !== "object" || cases === null) continue;
      const keys = Object.keys(cases).filter((key) => key !== "offset");
      choices.add(`${name}, ${type ?? ""}: ${keys.join(" ")}`);
      for (const key of keys) read((cases as Record<string, CompiledMessage>)[key] ?? []);
    }
  };
  read(compileMessageOrThrow(text));
  return { values: [...values].sort(), choices: [...choices].sort() };
}

describe("the catalogues", () => {
  it("hold the same texts", () => {
    expect(english.size).toBeGreaterThan(1_000);
    expect([...spanish.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it("leave nothing untranslated", () => {
    expect(pairs.filter(([, text]) => text.trim() === "")).toEqual([]);
  });

  it("keep every value that a text is given", () => {
    const lost = pairs.filter(([from, text]) => String(needs(from).values) !== String(needs(text).values));
    expect(lost).toEqual([]);
  });

  it("keep every plural and every choice; a plain number may become a plural", () => {
    const lost = pairs.filter(([from, text]) =>
      needs(from).choices.some((choice) => !needs(text).choices.includes(choice)),
    );
    expect(lost).toEqual([]);
  });

  it("say in every plural what is said of many", () => {
    const broken = pairs.filter(([, text]) => needs(text).choices.some((choice) => !/ other$/.test(choice)));
    expect(broken).toEqual([]);
  });

  it("are alike only in names, units and what joins values", () => {
    const alike = [...spanish].filter(([id, text]) => text === id).map(([id]) => id);
    expect(alike.filter((id) => !ALIKE.includes(id))).toEqual([]);
  });
});

describe("a text that needs no catalogue", () => {
  it("is compiled at once to what the catalogue would say", () => {
    for (const text of ["Claim", "Claimed by {name} · {time}", "{name}", "Customers' {what}", "# 1"]) {
      expect(plain(text)).toEqual(compileMessageOrThrow(text));
    }
  });

  it("has no plural: those differ, and stay in the catalogue", () => {
    const text = "{count, plural, one {# new} other {# new}}";
    expect(plain(text)).not.toEqual(compileMessageOrThrow(text));
  });
});
