import { expect, test } from "vitest";

import { isSingle, keymap, keysText, strokeOf } from "./keys";

const stroke = (key: string, options: KeyboardEventInit & { altGraph?: boolean } = {}) => {
  const { altGraph = false, ...init } = options;
  const event = new KeyboardEvent("keydown", { key, ...init });
  Object.defineProperty(event, "getModifierState", {
    value: (name: string) => name === "AltGraph" && altGraph,
  });
  return strokeOf(event);
};

test("keys follow the character, not the position: AZERTY", () => {
  // On AZERTY "a" stands where QWERTY has "q".
  expect(stroke("a", { code: "KeyQ" })).toBe("a");
  expect(stroke("q", { code: "KeyA" })).toBe("q");
  expect(stroke("z", { code: "KeyW" })).toBe("z");
  expect(stroke("?", { code: "KeyM", shiftKey: true })).toBe("?");
  expect(stroke("1", { code: "Digit1", shiftKey: true })).toBe("1");
});

test("a layout without Latin letters uses the position: Cyrillic, Greek, Arabic, Thai", () => {
  expect(stroke("с", { code: "KeyC" })).toBe("c");
  expect(stroke("С", { code: "KeyC", shiftKey: true })).toBe("shift+c");
  expect(stroke("л", { code: "KeyK", ctrlKey: true })).toBe("mod+k");
  expect(stroke("ψ", { code: "KeyC" })).toBe("c");
  expect(stroke("لا", { code: "KeyB" })).toBe("b");
  expect(stroke("แ", { code: "KeyC" })).toBe("c");
});

test("Hebrew: letters by position, also with Shift; signs by character", () => {
  expect(stroke("ב", { code: "KeyC" })).toBe("c");
  expect(stroke("ב", { code: "KeyC", shiftKey: true })).toBe("shift+c");
  expect(stroke("/", { code: "KeyQ" })).toBe("/");
  expect(stroke(".", { code: "Slash" })).toBe(".");
});

test("Latin letters with marks stay what they are", () => {
  expect(stroke("é", { code: "Digit2" })).toBe("é");
  expect(stroke("ñ", { code: "Semicolon" })).toBe("ñ");
});

test("AltGr is how a character is typed; Ctrl and Alt are commands", () => {
  expect(stroke("/", { ctrlKey: true, altKey: true, altGraph: true })).toBe("/");
  expect(stroke("c", { ctrlKey: true, altKey: true })).toBe("mod+alt+c");
});

test("Caps Lock does not make another command", () => {
  expect(stroke("C")).toBe("c");
  expect(stroke("c", { shiftKey: true })).toBe("shift+c");
});

test("Shift counts for letters and named keys, on signs it is how they are typed", () => {
  expect(stroke("?", { shiftKey: true })).toBe("?");
  expect(stroke("Enter", { shiftKey: true, ctrlKey: true })).toBe("mod+shift+enter");
  expect(stroke(" ")).toBe("space");
});

test("a stroke with the Windows or Super key is no single key", () => {
  expect(isSingle(stroke("c", { metaKey: true }))).toBe(false);
  expect(isSingle("g m")).toBe(true);
  expect(isSingle("mod+k")).toBe(false);
  expect(isSingle("alt+c")).toBe(false);
});

test("actions without a usual key have none until they get one", () => {
  const preferences = {
    auto_claim_on_reply: false,
    notifications: {},
    locale: "en",
    theme: "system",
  } as const;
  expect(keymap(undefined).get("why")).toBeNull();
  expect(keymap({ ...preferences, keyboard: { why: "w" } }).get("why")).toBe("w");
});

test("single keys switched off leave Escape, Enter and what is held with Ctrl", () => {
  const map = keymap({
    auto_claim_on_reply: false,
    notifications: {},
    keyboard: { single_keys: false, claim: "mod+alt+c" },
    locale: "en",
    theme: "system",
  });
  const left = [...map].filter(([, keys]) => keys !== null).map(([id]) => id);
  expect(left).toEqual(["claim", "open", "back", "palette", "send", "send-and-resolve"]);
});

test("keys are shown as they stand on the keyboard", () => {
  expect(keysText("shift+c")).toBe("⇧C");
  expect(keysText("mod+shift+enter")).toBe("Ctrl+⇧+↵");
  expect(keysText("g m")).toBe("G M");
});
