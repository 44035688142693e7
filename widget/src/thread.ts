import type { Chat } from "./chat.ts";
import { el, icon, put } from "./dom.ts";
import { parts } from "./links.ts";
import type { File, Message, Stage } from "./shapes.ts";
import type { Pending } from "./store.ts";
import type { Say } from "./texts.ts";

const SHOWN = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);
const CLIP = "M21 11l-9 9a5.5 5.5 0 0 1-8-8l9-9a3.7 3.7 0 0 1 5 5l-9 9a1.8 1.8 0 0 1-2.500-2.500L15 6";
const REL = "noopener nofollow noreferrer";

/** A size such as 12 kB, in the visitor's language. */
export function bytes(size: number, language: string): string {
  const isLarge = size >= 1_000_000;
  const unit = isLarge ? "megabyte" : "kilobyte";
  const value = Math.max(size / (isLarge ? 1_000_000 : 1_000), 0.1);
  return new Intl.NumberFormat(language, {
    style: "unit",
    unit,
    maximumFractionDigits: value < 10 ? 1 : 0,
  }).format(value);
}

/** The messages. What is drawn stays: screen readers are told what is new, and nothing twice. */
export class Thread {
  readonly element: HTMLElement;
  readonly #list = el("div", { class: "list" });
  readonly #earlier: HTMLButtonElement;
  readonly #greeting = el("p", { class: "text" });
  readonly #drawn = new Map<string, { readonly node: HTMLElement; readonly is: string }>();
  readonly #stage: Stage;
  readonly #chat: Chat;
  readonly #say: Say;
  #day: Intl.DateTimeFormat;
  #time: Intl.DateTimeFormat;

  constructor(stage: Stage, chat: Chat, say: Say) {
    this.#stage = stage;
    this.#chat = chat;
    this.#say = say;
    this.#day = new Intl.DateTimeFormat(stage.language, { dateStyle: "full" });
    this.#time = new Intl.DateTimeFormat(stage.language, { timeStyle: "short" });
    this.#earlier = el(
      "button",
      { class: "plain", type: "button", hidden: true, onclick: () => void this.#before() },
      say("earlier"),
    );
    const greeting = el("div", { class: "message team" }, this.#greeting);
    this.#list.append(greeting);
    this.element = el(
      "div",
      { class: "log", role: "log", tabindex: "0", "aria-label": say("messages") },
      this.#earlier,
      this.#list,
    );
  }

  draw(): void {
    const { store } = this.#chat;
    const { scrollHeight, scrollTop, clientHeight } = this.element;
    const wasAtEnd = scrollHeight - scrollTop - clientHeight < 60;
    this.#earlier.hidden = !store.more;
    put(this.#greeting, this.#stage.config.greeting || this.#say("greeting"));
    const own = store.messages.findLast(({ from }) => from === "visitor");
    const kept = new Set<string>();
    let at: Element | null = this.#list.firstElementChild;
    let day = "";
    const place = (key: string, is: string, make: () => HTMLElement): void => {
      const known = this.#drawn.get(key);
      const node = known?.is === is ? known.node : make();
      if (known && known.node !== node) known.node.remove();
      this.#drawn.set(key, { node, is });
      kept.add(key);
      if (at?.nextElementSibling !== node) at?.after(node);
      at = node;
    };
    for (const message of store.messages) {
      const date = this.#day.format(new Date(message.created_at));
      if (date !== day) place(`day ${(day = date)}`, date, () => el("p", { class: "day" }, date));
      const state = message !== own ? "" : store.isSeen(message) ? this.#say("seen") : this.#say("sent");
      const key = message.client_id ?? message.id;
      const links = message.files.map(({ url }) => url).join();
      place(key, `${message.id} ${state} ${links}`, () => this.#message(message, state));
    }
    for (const each of store.pending)
      place(each.client_id, `${each.state} ${each.reason ?? ""}`, () => this.#pending(each));
    for (const [key, { node }] of this.#drawn) {
      if (kept.has(key)) continue;
      node.remove();
      this.#drawn.delete(key);
    }
    if (wasAtEnd) this.toEnd();
  }

  toEnd(): void {
    this.element.scrollTop = this.element.scrollHeight;
  }

  async #before(): Promise<void> {
    const { scrollHeight, scrollTop } = this.element;
    await this.#chat.earlier().catch(() => undefined);
    this.draw();
    this.element.scrollTop = this.element.scrollHeight - scrollHeight + scrollTop;
    if (this.#earlier.hidden) this.element.focus();
  }

  #message(message: Message, state: string): HTMLElement {
    const isOwn = message.from === "visitor";
    const name = isOwn ? this.#say("you") : (message.name ?? this.#say("assistant"));
    const at = new Date(message.created_at);
    const time = el("time", { datetime: message.created_at }, this.#time.format(at));
    return el(
      "div",
      { class: `message ${isOwn ? "own" : "team"}` },
      el("span", { class: isOwn ? "unseen" : "name" }, name),
      message.text && el("p", { class: "text" }, ...this.#text(message.text)),
      ...message.files.map((file) => this.#file(file)),
      el("span", { class: "meta" }, time, state && ` · ${state}`),
    );
  }

  #pending({ client_id, text, files, state, reason }: Pending): HTMLElement {
    const say = this.#say;
    const words = state === "sending" ? say("sending") : state === "waiting" ? say("waiting") : say("failed");
    const retry = (): void => void this.#chat.retry(client_id);
    return el(
      "div",
      { class: `message own ${state}` },
      el("span", { class: "unseen" }, say("you")),
      text && el("p", { class: "text" }, text),
      ...files.map((file) => el("span", { class: "file" }, icon(CLIP), file.name)),
      el(
        "span",
        { class: "meta" },
        reason ? say("refused", { reason }) : words,
        state === "failed" && el("button", { class: "plain", type: "button", onclick: retry }, say("retry")),
      ),
    );
  }

  #text(text: string): Node[] {
    return parts(text).map(({ text: words, href }) =>
      href ? el("a", { href, target: "_blank", rel: REL }, words) : document.createTextNode(words),
    );
  }

  #file({ name, type, size, width, height, url }: File): HTMLElement {
    const href = new URL(url, this.#stage.base).href;
    if (SHOWN.has(type)) {
      const image = el("img", {
        src: href,
        alt: name,
        width,
        height,
        loading: "lazy",
        onload: () => this.toEnd(),
      });
      return el("a", { class: "image", href, target: "_blank", rel: REL }, image);
    }
    const label = this.#say("file", { name, size: bytes(size, this.#stage.language) });
    return el("a", { class: "file", href, target: "_blank", rel: REL, download: name }, icon(CLIP), label);
  }
}
