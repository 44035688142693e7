import type { Memory } from "./memory.ts";
import type { Frame } from "./shapes.ts";

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 30_000;
// The server says something every 15 seconds.
const SILENCE = 40_000;
const TYPING_PAUSE = 3_000;
// The visit has ended: the socket says so, and the next session begins a new one.
const ENDED = 4401;

export interface Hearer {
  readonly hear: (frame: Frame) => void;
  readonly changed: (isUp: boolean) => void;
  readonly ended: () => void;
  /** The last message that is known. */
  readonly after: () => string | undefined;
}

/** The socket: comes back by itself, sooner when the browser says that there is a network, later the longer it fails. */
export class Live {
  readonly #url: string;
  readonly #memory: Memory;
  readonly #hearer: Hearer;
  #socket: WebSocket | undefined;
  #wanted = false;
  #pause = FIRST_PAUSE;
  #again: ReturnType<typeof setTimeout> | undefined;
  #silence: ReturnType<typeof setTimeout> | undefined;
  #typed = 0;
  isUp = false;

  constructor(base: string, memory: Memory, hearer: Hearer) {
    this.#url = `${base.replace(/^http/, "ws")}/live`;
    this.#memory = memory;
    this.#hearer = hearer;
    window.addEventListener("online", () => this.#now());
    document.addEventListener("visibilitychange", () => document.hidden || this.#now());
    window.addEventListener("pageshow", () => this.#now());
    window.addEventListener("offline", () => this.#lost());
  }

  /** Connects, or when connected lets the server look anew at what this visitor may see. */
  start(): void {
    this.#wanted = true;
    if (this.isUp) this.#say({ type: "resume", token: this.#memory.token, after: this.#hearer.after() });
    else this.#now();
  }

  /** Ends it: nobody is here any more. */
  stop(): void {
    this.#wanted = false;
    clearTimeout(this.#again);
    this.#drop();
  }

  typing(): void {
    const now = Date.now();
    if (now - this.#typed < TYPING_PAUSE) return;
    this.#typed = now;
    this.#say({ type: "typing" });
  }

  /** Says that the team's messages up to one have arrived, or were seen. Returns whether that could be said. */
  got(id: string, how: "delivered" | "seen"): boolean {
    return this.#say({ type: how, id });
  }

  #now(): void {
    if (!this.#wanted || this.isUp) return;
    clearTimeout(this.#again);
    this.#pause = FIRST_PAUSE;
    this.#connect();
  }

  #connect(): void {
    this.#drop();
    const { token } = this.#memory;
    if (!token) return;
    const socket = (this.#socket = new WebSocket(this.#url));
    this.#listen();
    socket.onopen = () => this.#say({ type: "hello", token, after: this.#hearer.after() });
    socket.onmessage = ({ data }) => {
      if (this.#socket !== socket) return;
      this.#listen();
      const frame = JSON.parse(String(data)) as Frame;
      if (!this.isUp) {
        this.isUp = true;
        this.#pause = FIRST_PAUSE;
        this.#hearer.changed(true);
      }
      if (frame.type === "ping") this.#say({ type: "pong" });
      else this.#hearer.hear(frame);
    };
    socket.onclose = ({ code }) => {
      if (this.#socket !== socket) return;
      if (code === ENDED) {
        this.#wanted = false;
        this.#drop();
        this.#hearer.ended();
      } else this.#lost();
    };
  }

  /** Takes a silent socket for a lost one. */
  #listen(): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#lost(), SILENCE);
  }

  #lost(): void {
    this.#drop();
    if (!this.#wanted) return;
    this.#hearer.changed(false);
    clearTimeout(this.#again);
    // Apart, so that not all pages come at once when the server is back.
    this.#again = setTimeout(() => this.#connect(), this.#pause * (0.75 + Math.random() / 2));
    this.#pause = Math.min(2 * this.#pause, LONGEST_PAUSE);
  }

  #drop(): void {
    clearTimeout(this.#silence);
    const socket = this.#socket;
    this.#socket = undefined;
    this.isUp = false;
    socket?.close();
  }

  #say(frame: object): boolean {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify(frame));
    return true;
  }
}
