/** Everything but the button: fetched when somebody means to use it. */

import { Chat } from "./chat.ts";
import { el, put, sheet } from "./dom.ts";
import { Panel } from "./panel.ts";
import type { App, Call, Person, Stage } from "./shapes.ts";
import css from "./style.css";
import { sayer } from "./texts.ts";

type Listener = (about: unknown) => void;

/** Starts the widget on the stage that the loader has set, and answers the page's calls. */
export function start(stage: Stage): App {
  const { root, frame, launcher, language } = stage;
  const say = sayer(language);
  const listeners = new Map<string, Set<Listener>>();
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet(css)];

  const badge = el("span", { class: "badge", "aria-hidden": "true", hidden: true });
  const status = el("span", { class: "unseen", role: "status" });
  launcher.append(badge);
  let drawing = 0;
  let unread = 0;

  const chat = new Chat(stage, {
    changed: () => {
      drawing ||= requestAnimationFrame(draw);
    },
    news: (messages) => {
      for (const { text, from, created_at } of messages) tell("message", { text, from, created_at });
      // A page in the background draws no frames, and is to be told all the same.
      count();
    },
  });
  const panel = new Panel(stage, chat, say, close);
  frame.append(panel.element, status);

  function tell(event: string, about: unknown): void {
    for (const listener of listeners.get(event) ?? []) {
      try {
        listener(about);
      } catch (error) {
        reportError(error); // the page's own fault, and its own console
      }
    }
  }

  function count(): void {
    const isOpen = !panel.element.hidden;
    const now = isOpen && !document.hidden ? 0 : chat.store.unread;
    if (now === unread) return;
    if (now > unread && !isOpen) put(status, say("news", { count: now }));
    unread = now;
    put(badge, now > 99 ? "99+" : String(now));
    badge.hidden = !now;
    label();
    tell("unread", now);
  }

  function label(): void {
    const isOpen = !panel.element.hidden;
    launcher.setAttribute("aria-expanded", String(isOpen));
    const words = isOpen ? say("close") : unread ? say("openNews", { count: unread }) : say("open");
    launcher.setAttribute("aria-label", words);
  }

  function draw(): void {
    drawing = 0;
    count();
    if (!panel.element.hidden) panel.draw();
  }

  function open(): void {
    if (!panel.element.hidden) return;
    panel.element.hidden = false;
    frame.classList.add("is-open");
    chat.memory.isOpen = chat.isWatched = true;
    label();
    panel.draw();
    panel.thread.toEnd();
    panel.focus();
    chat.look();
    void begin().then(() => {
      panel.draw();
      panel.thread.toEnd();
      // Now it is known whether anybody is there: the form or the composer.
      const active = root.activeElement as HTMLElement | null;
      if (!active?.offsetParent || !panel.element.contains(active)) panel.focus();
    });
    tell("open", undefined);
  }

  function close(): void {
    if (panel.element.hidden) return;
    panel.element.hidden = true;
    frame.classList.remove("is-open");
    chat.memory.isOpen = chat.isWatched = false;
    put(status);
    label();
    launcher.focus();
    tell("close", undefined);
  }

  /** Tries until there is a network: what is written meanwhile waits. */
  async function begin(pause = 1_000): Promise<void> {
    try {
      await chat.begin();
    } catch {
      chat.isUp = false;
      draw();
      await new Promise((resolve) => {
        setTimeout(resolve, pause);
        window.addEventListener("online", resolve, { once: true });
      });
      await begin(Math.min(2 * pause, 30_000));
      chat.isUp = true;
    }
  }

  function call([word, ...given]: Call): void {
    const [first, second] = given;
    if (word === "open") open();
    else if (word === "close") close();
    else if (word === "toggle") (panel.element.hidden ? open : close)();
    else if (word === "identify") {
      chat.identify(first as Person).then(
        () => tell("identified", undefined),
        (error: unknown) => tell("error", error),
      );
    } else if (word === "forget") chat.forget();
    else if (word === "on" && typeof second === "function") {
      const name = String(first);
      listeners.set(name, (listeners.get(name) ?? new Set()).add(second as Listener));
    }
  }

  for (const each of stage.calls) call(each);
  if (chat.memory.token) void begin();
  if (chat.memory.isOpen) open();
  tell("ready", undefined);
  return { call };
}
