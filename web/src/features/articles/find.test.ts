import { expect, test } from "vitest";

import { matching } from "./find";

const articles = [
  { title: "Envíos y plazos", language: "es" },
  { title: "Returns and refunds", language: "en" },
  { title: "How to return a gift", language: "en" },
];
const titles = (typed: string) => matching(articles, typed).map(({ title }) => title);

test("nothing typed shows all", () => {
  expect(titles("  ")).toHaveLength(3);
});

test("accents and capitals do not matter", () => {
  expect(titles("ENVIOS")).toEqual(["Envíos y plazos"]);
});

test("every word has to be there", () => {
  expect(titles("return gift")).toEqual(["How to return a gift"]);
  expect(titles("return bicycle")).toEqual([]);
});

test("a language is found by its code", () => {
  expect(titles("es")).toEqual(["Envíos y plazos"]);
});
