import { Refused } from "./api.ts";
import type { Chat } from "./chat.ts";
import { el, icon, put } from "./dom.ts";
import type { Say } from "./texts.ts";

const LONGEST = 4_000;
const MOST_FILES = 10;
const ARROW = "M5 12h14M13 6l6 6-6 6";
const CLIP = "M21 11l-9 9a5.5 5.5 0 0 1-8-8l9-9a3.7 3.7 0 0 1 5 5l-9 9a1.8 1.8 0 0 1-2.500-2.500L15 6";
const CROSS = "M6 6l12 12M18 6L6 18";

interface Chip {
  readonly name: string;
  readonly size: number;
  id?: string;
}

/** Where the visitor writes: text that survives a reload, and files that are uploaded while they write. */
export class Composer {
  readonly element: HTMLFormElement;
  readonly text: HTMLTextAreaElement;
  readonly #chat: Chat;
  readonly #say: Say;
  readonly #chips = el("div", { class: "chips" });
  readonly #trouble = el("p", { class: "trouble", role: "alert" });
  readonly #send: HTMLButtonElement;
  #files: Chip[] = [];

  constructor(chat: Chat, say: Say) {
    this.#chat = chat;
    this.#say = say;
    this.text = el("textarea", {
      rows: "1",
      maxlength: LONGEST,
      "aria-label": say("message"),
      placeholder: say("placeholder"),
      oninput: () => this.#typed(),
      onkeydown: (event: KeyboardEvent) => this.#key(event),
      onpaste: (event: ClipboardEvent) => this.add(event.clipboardData?.files),
    });
    this.text.value = chat.memory.draft;
    const input = el("input", {
      type: "file",
      multiple: true,
      hidden: true,
      tabindex: "-1",
      "aria-hidden": "true",
    });
    input.addEventListener("change", () => {
      this.add(input.files);
      input.value = "";
    });
    const attach = {
      class: "icon",
      type: "button",
      "aria-label": say("attach"),
      onclick: () => input.click(),
    };
    this.#send = el("button", { class: "icon send", type: "submit", "aria-label": say("send") }, icon(ARROW));
    this.element = el(
      "form",
      { class: "composer", onsubmit: (event: Event) => this.#submit(event) },
      this.#chips,
      this.#trouble,
      el("div", { class: "row" }, el("button", attach, icon(CLIP)), input, this.text, this.#send),
    );
    this.#draw();
  }

  /** Takes files that were chosen, pasted or dropped, and uploads them. */
  add(files: FileList | null | undefined): void {
    for (const file of [...(files ?? [])].slice(0, MOST_FILES - this.#files.length)) void this.#upload(file);
  }

  async #upload(file: File): Promise<void> {
    const chip: Chip = { name: file.name, size: file.size };
    this.#files.push(chip);
    this.#draw();
    try {
      chip.id = (await this.#chat.upload(file, file.name)).id;
      put(this.#trouble);
    } catch (error) {
      this.#files = this.#files.filter((each) => each !== chip);
      const isTooLarge = error instanceof Refused && error.status === 413;
      put(this.#trouble, this.#say(isTooLarge ? "tooLarge" : "uploadFailed", { name: file.name }));
    }
    this.#draw();
  }

  #typed(): void {
    this.#chat.memory.draft = this.text.value;
    if (this.text.value) this.#chat.typing();
    this.#draw();
  }

  #key(event: KeyboardEvent): void {
    // Enter that ends the choice of a character sends nothing.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.element.requestSubmit();
  }

  #submit(event: Event): void {
    event.preventDefault();
    const text = this.text.value.trim();
    const files = this.#files.flatMap(({ id, name, size }) => (id ? [{ id, name, size }] : []));
    if ((!text && !files.length) || files.length < this.#files.length) return;
    this.text.value = this.#chat.memory.draft = "";
    this.#files = [];
    this.#draw();
    this.text.focus();
    void this.#chat.send(text, files);
  }

  #draw(): void {
    put(this.#chips, ...this.#files.map((chip) => this.#chip(chip)));
    this.#chips.hidden = !this.#files.length;
    const isReady =
      (this.text.value.trim() !== "" || this.#files.length > 0) && this.#files.every(({ id }) => id);
    this.#send.setAttribute("aria-disabled", String(!isReady));
    // As high as what is written, up to what the style allows.
    this.text.style.height = "auto";
    if (this.text.scrollHeight) this.text.style.height = `${this.text.scrollHeight + 2}px`;
  }

  #chip(chip: Chip): HTMLElement {
    const { name } = chip;
    const leave = (): void => {
      this.#files = this.#files.filter((each) => each !== chip);
      this.#draw();
      this.text.focus();
    };
    const remove = {
      class: "icon",
      type: "button",
      "aria-label": this.#say("remove", { name }),
      onclick: leave,
    };
    const label = chip.id ? name : this.#say("uploading", { name });
    return el("span", { class: "chip" }, el("span", {}, label), el("button", remove, icon(CROSS)));
  }
}
