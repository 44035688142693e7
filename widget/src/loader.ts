/** The one script of a page: draws the button, and fetches the rest when somebody means to use it. */

import { ink } from "./colour.ts";
import { el, icon, sheet } from "./dom.ts";
import css from "./loader.css";
import type { App, Call, Config, Stage } from "./shapes.ts";

type Dibs = ((...call: Call) => void) & { q?: ArrayLike<unknown>[]; loaded?: boolean };

const LABELS: Record<string, string> = { en: "Open chat", es: "Abrir el chat", de: "Chat öffnen" };
const BUBBLE = "M21 11.5a8.4 8.4 0 0 1-12.3 7.5L3 21l2-5.7A8.4 8.4 0 1 1 21 11.5z";

function languageOf(config: Config, asked: string | undefined): string {
  const wanted = [asked, document.documentElement.lang, ...navigator.languages];
  const known = wanted.map((each) => (each ?? "").slice(0, 2).toLowerCase());
  return known.find((each) => config.languages.includes(each)) ?? config.languages[0] ?? "en";
}

/** Whether there was a conversation before: then its news are worth fetching at once. */
function wasHere(key: string): boolean {
  try {
    return localStorage.getItem(`dibs:${key}`) !== null;
  } catch {
    return false;
  }
}

function draw(config: Config, language: string): Pick<Stage, "root" | "frame" | "launcher"> {
  const host = document.createElement("dibs-widget");
  const root = host.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [sheet(css)];
  const launcher = el(
    "button",
    {
      class: "launcher",
      type: "button",
      "aria-expanded": "false",
      "aria-label": LABELS[language] ?? LABELS["en"],
    },
    icon(BUBBLE),
  );
  const frame = el("div", { class: `frame ${config.position}`, lang: language }, launcher);
  // Not as an attribute: a strict policy forbids those.
  frame.style.setProperty("--colour", config.colour);
  frame.style.setProperty("--ink", ink(config.colour));
  root.append(frame);
  // Beside the body: pages replace what is in it.
  document.documentElement.append(host);
  return { root, frame, launcher };
}

async function begin(key: string, base: string, asked: string | undefined): Promise<void> {
  const before = window as unknown as { Dibs?: Dibs };
  const calls: Call[] = Array.from(before.Dibs?.q ?? [], (each) => Array.from(each) as unknown as Call);
  let app: Promise<App> | undefined;
  let load = (): void => undefined;
  const take = (call: Call): void => {
    if (app) void app.then(({ call: pass }) => pass(call));
    else {
      calls.push(call);
      // To listen is no reason to fetch anything.
      if (call[0] !== "on") load();
    }
  };
  before.Dibs = Object.assign((...call: Call) => take(call), { loaded: true });

  const answer = await fetch(`${base}/widget/v1/${key}/config`, { credentials: "omit" });
  if (!answer.ok) return;
  const config = (await answer.json()) as Config;
  const language = languageOf(config, asked);
  const drawn = draw(config, language);
  const begun = (): Promise<App> =>
    (app ??= import(`${base}/widget/${APP}`).then(
      ({ start }: { start: (stage: Stage) => App }) =>
        start({ key, base, config, language, calls, ...drawn }),
      (error: unknown) => {
        app = undefined; // the network may be back the next time
        throw error;
      },
    ));
  load = () => void begun().catch(() => undefined);
  for (const sign of ["pointerenter", "focus", "touchstart"]) {
    drawn.launcher.addEventListener(sign, load, { once: true, passive: true });
  }
  drawn.launcher.addEventListener("click", () => {
    void begun().then(
      ({ call }) => call(["toggle"]),
      () => undefined,
    );
  });
  if (wasHere(key) || calls.some(([word]) => word !== "on")) {
    const idle = window.requestIdleCallback ?? ((work: () => void) => setTimeout(work, 200));
    idle(load);
  }
}

const script = (document.currentScript ??
  document.querySelector("script[data-key][src*='widget.js']")) as HTMLScriptElement | null;
const key = script?.dataset["key"];
const isLoaded = (window as unknown as { Dibs?: Dibs }).Dibs?.loaded === true;
if (script && key && !isLoaded) {
  void begin(key, new URL(script.src).origin, script.dataset["language"]).catch(() => undefined);
}
