import type { Chat } from "./chat.ts";
import { Composer } from "./composer.ts";
import { el, icon, put } from "./dom.ts";
import { OfflineForm } from "./offline.ts";
import type { Stage } from "./shapes.ts";
import type { Say } from "./texts.ts";
import { Thread } from "./thread.ts";

const CROSS = "M6 6l12 12M18 6L6 18";
const FOCUSABLE = "button:not([disabled],[hidden]),a[href],textarea,input:not([hidden]),[tabindex='0']";

/** The window of the chat: its head, the messages, and where to write. */
export class Panel {
  readonly element: HTMLElement;
  readonly thread: Thread;
  readonly #composer: Composer;
  readonly #form: OfflineForm;
  readonly #chat: Chat;
  readonly #stage: Stage;
  readonly #say: Say;
  readonly #notice = el("p", { class: "notice", role: "status" });
  readonly #typing = el("p", { class: "typing", role: "status" });
  #thanks = "";

  constructor(stage: Stage, chat: Chat, say: Say, close: () => void) {
    this.#stage = stage;
    this.#chat = chat;
    this.#say = say;
    this.thread = new Thread(stage, chat, say);
    this.#composer = new Composer(chat, say);
    this.#form = new OfflineForm(chat, say);
    this.#form.element.addEventListener("left", (event) => {
      this.#thanks = say("left", { email: (event as CustomEvent<string>).detail });
      this.draw();
      this.focus();
    });
    const shut = { class: "icon", type: "button", "aria-label": say("close"), onclick: close };
    const title = say("title", { name: stage.config.name });
    this.element = el(
      "section",
      { class: "panel", role: "dialog", "aria-label": title, hidden: true },
      el("header", {}, el("h2", {}, stage.config.name), el("button", shut, icon(CROSS))),
      this.#notice,
      this.thread.element,
      this.#typing,
      this.#composer.element,
      this.#form.element,
    );
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        event.stopPropagation();
        close();
      } else if (event.key === "Tab") this.#keep(event);
    });
    this.element.addEventListener("dragover", (event) => event.preventDefault());
    this.element.addEventListener("drop", (event) => {
      event.preventDefault();
      this.#composer.add(event.dataTransfer?.files);
    });
  }

  draw(): void {
    const { store, isUp, hasBegun } = this.#chat;
    const { config } = this.#stage;
    const isNew = !store.isVerified && store.isEmpty && !this.#composer.text.value;
    const asksFirst = !store.isOpen && config.offline_form && isNew;
    this.#form.element.hidden = !asksFirst;
    this.#composer.element.hidden = this.thread.element.hidden = asksFirst;
    const away = !store.isOpen && !asksFirst ? this.#thanks || this.#say("away") : "";
    this.#tell(this.#notice, hasBegun && !isUp ? this.#say("offline") : away);
    const who = store.answer?.from === "team" ? (store.answer.name ?? config.name) : config.name;
    this.#tell(this.#typing, store.isTyping ? this.#say("typing", { name: who }) : "");
    this.thread.draw();
  }

  focus(): void {
    // Not on a touch screen: its keyboard would cover what one came to read.
    if (!this.#form.element.hidden) this.#form.focus();
    else if (matchMedia("(pointer: coarse)").matches) this.thread.element.focus();
    else this.#composer.text.focus();
  }

  /** Only what changes is spoken. */
  #tell(where: HTMLElement, words: string): void {
    if (where.textContent !== words) put(where, words);
    where.hidden = !words;
  }

  /** Over the whole screen there is nothing behind it to go to. */
  #keep(event: KeyboardEvent): void {
    if (!matchMedia("(max-width: 480px)").matches) return;
    const all = [...this.element.querySelectorAll<HTMLElement>(FOCUSABLE)].filter(
      (each) => each.offsetParent,
    );
    const [first, last] = [all[0], all.at(-1)];
    const here = (this.element.getRootNode() as ShadowRoot).activeElement;
    if (here !== (event.shiftKey ? first : last)) return;
    event.preventDefault();
    (event.shiftKey ? last : first)?.focus();
  }
}
