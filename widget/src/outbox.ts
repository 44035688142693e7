import { Refused } from "./api.ts";
import type { Outgoing } from "./api.ts";
import type { Memory } from "./memory.ts";
import type { Message } from "./shapes.ts";
import type { Pending, Store } from "./store.ts";

export interface Post {
  readonly send: (outgoing: Omit<Outgoing, "person">) => Promise<Message>;
  readonly sent: (message: Message) => void;
  /** The visit has ended: a new one is to begin. */
  readonly ended: () => Promise<void>;
  readonly changed: () => void;
}

/** 128 random bits; randomUUID is only for pages over TLS. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** What is on its way: shown while it waits, kept over a reload, sent once however often it is tried. */
export class Outbox {
  readonly #store: Store;
  readonly #memory: Memory;
  readonly #post: Post;

  constructor(store: Store, memory: Memory, post: Post) {
    this.#store = store;
    this.#memory = memory;
    this.#post = post;
  }

  async put(text: string, files: Pending["files"]): Promise<void> {
    const client_id = newId();
    this.#store.pending.push({ client_id, text, files, state: "sending" });
    await this.post(client_id);
  }

  async post(clientId: string): Promise<void> {
    const pending = this.#store.find(clientId);
    if (!pending) return;
    pending.state = "sending";
    this.#changed();
    try {
      const { text, client_id, files } = pending;
      this.#post.sent(await this.#post.send({ text, client_id, files: files.map(({ id }) => id) }));
    } catch (error) {
      if (error instanceof Refused && error.status === 401) await this.#post.ended().catch(() => undefined);
      // Without a network it goes by itself once there is one; what the server refused waits for the visitor.
      pending.state = error instanceof Refused ? "failed" : "waiting";
      if (error instanceof Refused && error.status === 422) pending.reason = error.message;
      this.#changed();
    }
  }

  /** Sends what waits for a network, in its order. */
  flush(): void {
    for (const { client_id, state } of this.#store.pending)
      if (state === "waiting") void this.post(client_id);
  }

  /** Takes up what was unsent when the page was left. */
  recall(): void {
    if (!this.#store.pending.length) {
      this.#store.pending = this.#memory.unsent.map((each) => ({ ...each, files: [], state: "waiting" }));
    }
    this.flush();
  }

  /** Writes down what is unsent. Files do not outlive their page. */
  keep(): void {
    const texts = this.#store.pending.filter(({ files }) => !files.length);
    this.#memory.unsent = texts.map(({ client_id, text }) => ({ client_id, text }));
  }

  #changed(): void {
    this.keep();
    this.#post.changed();
  }
}
