import type { Chat } from "./chat.ts";
import { el, put } from "./dom.ts";
import type { Say } from "./texts.ts";

const ADDRESS = /^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]+$/;

/** The form for when nobody is there: an address to answer to, and what it is about. */
export class OfflineForm {
  readonly element: HTMLFormElement;
  readonly #chat: Chat;
  readonly #say: Say;
  readonly #fields: Record<"name" | "email" | "message", HTMLInputElement | HTMLTextAreaElement>;
  readonly #trouble = el("p", { class: "trouble", role: "alert" });
  readonly #button: HTMLButtonElement;

  constructor(chat: Chat, say: Say) {
    this.#chat = chat;
    this.#say = say;
    this.#fields = {
      name: el("input", { type: "text", maxlength: 200, autocomplete: "name" }),
      email: el("input", { type: "email", maxlength: 254, autocomplete: "email" }),
      message: el("textarea", { rows: "4", maxlength: 4_000 }),
    };
    this.#button = el("button", { class: "main", type: "submit" }, say("leave"));
    this.element = el(
      "form",
      { class: "offline", novalidate: true, onsubmit: (event: Event) => void this.#submit(event) },
      el("p", {}, say("awayForm")),
      ...(["name", "email", "message"] as const).map((each) =>
        el("label", {}, say(each), this.#fields[each]),
      ),
      this.#trouble,
      this.#button,
    );
  }

  focus(): void {
    this.#fields.name.focus();
  }

  async #submit(event: Event): Promise<void> {
    event.preventDefault();
    const [name, email, message] = (["name", "email", "message"] as const).map((each) =>
      this.#fields[each].value.trim(),
    );
    const empty = (["name", "email", "message"] as const).find((each) => !this.#fields[each].value.trim());
    if (empty) return this.#refuse(empty, this.#say("required"));
    if (!email || !ADDRESS.test(email)) return this.#refuse("email", this.#say("invalidEmail"));
    this.#button.disabled = true;
    try {
      await this.#chat.leave({ name: name ?? "", email, message: message ?? "" });
      this.element.dispatchEvent(new CustomEvent("left", { detail: email }));
      for (const field of Object.values(this.#fields)) field.value = "";
    } catch (error) {
      const reason = error instanceof TypeError ? this.#say("offline") : (error as Error).message;
      put(this.#trouble, this.#say("refused", { reason }));
    } finally {
      this.#button.disabled = false;
    }
  }

  #refuse(field: "name" | "email" | "message", why: string): void {
    for (const [name, each] of Object.entries(this.#fields)) {
      each.setAttribute("aria-invalid", String(name === field));
    }
    put(this.#trouble, why);
    this.#fields[field].focus();
  }
}
