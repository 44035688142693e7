import { expect, test } from "vitest";

import { chooseKeys, element, freshKeyboard, offers, press, ran } from "./testing";

freshKeyboard();

test("single keys are dead where text is typed", () => {
  offers("claim", "search", "help", "back");
  for (const html of [
    "<input data-here>",
    '<input type="search" data-here>',
    '<input type="datetime-local" data-here>',
    "<textarea data-here></textarea>",
    "<select data-here></select>",
    '<div contenteditable="true" data-here></div>',
    '<div role="textbox"><span data-here></span></div>',
    '<button role="combobox" data-here></button>',
  ]) {
    const here = element(html);
    press("c", {}, here);
    press("/", {}, here);
    press("?", { shiftKey: true }, here);
    press("Escape", {}, here);
    expect(ran, html).toEqual([]);
  }
});

test("single keys work on a check box: nothing is typed there", () => {
  offers("claim");
  press("c", {}, element('<input type="checkbox" data-here>'));
  expect(ran).toEqual(["claim"]);
});

test("keys with Ctrl work while typing, but send does not reach under a dialog", () => {
  offers("send", "palette");
  press("Enter", { ctrlKey: true }, element("<textarea data-here></textarea>"));
  press("k", { ctrlKey: true }, element("<input data-here>"));
  expect(ran).toEqual(["send", "palette"]);
  press("Enter", { ctrlKey: true }, element('<div role="dialog"><textarea data-here></textarea></div>'));
  expect(ran).toEqual(["send", "palette"]);
});

test("single keys are dead with Ctrl, Cmd or Alt", () => {
  offers("claim", "release", "resolve");
  for (const held of [{ ctrlKey: true }, { metaKey: true }, { altKey: true }]) {
    press("c", held);
    press("C", { ...held, shiftKey: true });
    press("e", held);
  }
  expect(ran).toEqual([]);
});

test("dialogs, menus and lists have keys of their own", () => {
  offers("claim", "next", "back", "open");
  for (const role of ["dialog", "alertdialog", "menu", "listbox"]) {
    const here = element(`<div role="${role}"><button data-here></button></div>`);
    for (const key of ["c", "j", "ArrowDown", "Escape", "Enter"]) press(key, {}, here);
    expect(ran, role).toEqual([]);
  }
});

test("Enter presses the button that has the focus instead of opening the conversation", () => {
  offers("open");
  expect(press("Enter", {}, element("<button data-here></button>")).defaultPrevented).toBe(false);
  press("Enter", {}, element('<a href="/x" data-here></a>'));
  expect(ran).toEqual([]);
  press("Enter", {}, element('<div role="row" tabindex="0" data-here></div>'));
  expect(ran).toEqual(["open"]);
});

test("with all single keys off no letter does anything, not even the wrong thing", () => {
  chooseKeys({ single_keys: false });
  offers("claim", "release", "resolve", "go-mine", "help", "palette", "next", "back");
  for (const key of "abcdefghijklmnopqrstuvwxyz?/1234") press(key);
  expect(ran).toEqual([]);
  press("k", { ctrlKey: true });
  press("Escape");
  press("ArrowDown");
  expect(ran).toEqual(["palette", "back", "next"]);
});

test("what is being composed by an input method is no key press", () => {
  offers("claim");
  press("c", { isComposing: true });
  expect(ran).toEqual([]);
});

test("what something else has dealt with is left alone", () => {
  offers("claim");
  const here = element("<div data-here></div>");
  here.addEventListener("keydown", (event) => event.preventDefault());
  press("c", {}, here);
  expect(ran).toEqual([]);
});
