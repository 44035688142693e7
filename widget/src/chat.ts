import { Api, type Left } from "./api.ts";
import { Live } from "./live.ts";
import { Memory } from "./memory.ts";
import { newId, Outbox } from "./outbox.ts";
import type { Frame, Message, Person, Session, Stage } from "./shapes.ts";
import { Store, type Pending } from "./store.ts";

export interface Watcher {
  readonly changed: () => void;
  /** The team wrote. */
  readonly news: (messages: readonly Message[]) => void;
}

/** One visit: what is known, what is being sent, and the connections that keep both in step with the server. */
export class Chat {
  readonly memory: Memory;
  readonly store = new Store();
  readonly #api: Api;
  readonly #live: Live;
  readonly #watcher: Watcher;
  readonly #tabs: BroadcastChannel | undefined;
  readonly #outbox: Outbox;
  #person: Person = {};
  #session: Promise<void> | undefined;
  #said = "";
  isWatched = false;
  isUp = true;

  constructor({ key, base, language }: Stage, watcher: Watcher) {
    const address = `${base}/widget/v1/${key}`;
    this.#watcher = watcher;
    this.memory = new Memory(key);
    this.#api = new Api(address, this.memory, language);
    this.#outbox = new Outbox(this.store, this.memory, {
      send: async (outgoing) => {
        await this.begin();
        const { name, email } = this.#person;
        return this.#api.send({ ...outgoing, person: { ...(name && { name }), ...(email && { email }) } });
      },
      sent: (message) => this.#wrote(message),
      ended: () => this.#anew(),
      changed: () => this.#watcher.changed(),
    });
    this.#live = new Live(address, this.memory, {
      hear: (frame) => this.#hear(frame),
      changed: (isUp) => this.#connection(isUp),
      ended: () => void this.#anew(),
      after: () => this.store.last?.id,
    });
    window.addEventListener("storage", ({ key: name, newValue }) => {
      if (name !== this.memory.name) return;
      if (newValue === null) this.#clear();
      else if (this.memory.reload() && this.#session) void this.#anew();
    });
    document.addEventListener("visibilitychange", () => this.look());
    this.#tabs = "BroadcastChannel" in window ? new BroadcastChannel(this.memory.name) : undefined;
    // Another tab has written: its first message began a conversation that this one's socket does not know.
    this.#tabs?.addEventListener("message", () => this.#session && this.#live.start());
  }

  get hasBegun(): boolean {
    return !!this.#session;
  }

  /** Starts the visit, or goes on with the last one; once. Throws when there is no network. */
  async begin(): Promise<void> {
    this.#session ??= this.memory
      .alone(async () => this.#take(await this.#api.start()))
      .then(
        () => this.#live.start(),
        (error: unknown) => {
          this.#session = undefined;
          throw error;
        },
      );
    return this.#session;
  }

  /** Sends a message; it is shown at once, and said to be sent when it is. */
  send(text: string, files: Pending["files"] = []): Promise<void> {
    return this.#outbox.put(text, files);
  }

  retry(clientId: string): Promise<void> {
    return this.#outbox.post(clientId);
  }

  async leave(left: Omit<Left, "client_id">): Promise<void> {
    await this.begin();
    this.#wrote(await this.#api.leave({ ...left, client_id: newId() }));
  }

  async upload(file: Blob, name: string): Promise<{ readonly id: string }> {
    await this.begin();
    return this.#api.upload(file, name);
  }

  async earlier(): Promise<void> {
    const [first] = this.store.messages;
    if (first) this.store.put(await this.#api.before(first.id), "before");
    this.#changed();
  }

  async identify(person: Person): Promise<void> {
    this.#person = person;
    if (!person.hash) return;
    await this.begin();
    const before = this.memory.token;
    this.#take(await this.#api.identify(person));
    if (this.memory.token !== before) this.#live.stop();
    this.#live.start();
  }

  /** Ends the visit on this browser: for a page whose user signs out. */
  forget(): void {
    this.memory.forget();
    this.#clear();
  }

  typing(): void {
    this.#live.typing();
  }

  /** Says what has arrived, and what was seen: by somebody who looks at this page with the chat open. */
  look(): void {
    const newest = this.store.answer;
    if (!newest || newest.delivery === "read") return;
    const how = this.isWatched && !document.hidden ? "seen" : "delivered";
    const saying = `${how} ${newest.id}`;
    if (saying === this.#said || (how === "delivered" && newest.delivery === "delivered")) return;
    if (this.#live.got(newest.id, how)) this.#said = saying;
    else if (how === "seen") void this.#api.seen(newest.id).catch(() => undefined);
  }

  #wrote(message: Message): void {
    this.store.put({ messages: [message] });
    this.#live.start();
    this.#tabs?.postMessage("wrote");
    this.#changed();
  }

  #take(session: Session): void {
    this.store.put(session, "anew");
    this.store.isOpen = session.open;
    this.store.isVerified = session.verified;
    this.#outbox.recall();
    this.look();
    this.#changed();
  }

  #hear(frame: Frame): void {
    if (frame.type === "typing") this.store.isTyping = frame.on;
    if (frame.type === "messages") {
      const news = this.store.put(frame, frame.reset ? "anew" : "add");
      if (news.length && !frame.reset) this.#watcher.news(news);
    }
    this.look();
    this.#changed();
  }

  #connection(isUp: boolean): void {
    this.isUp = isUp;
    this.#said = "";
    if (isUp) this.#outbox.flush();
    else {
      this.store.isTyping = false;
      // A page whose policy allows no socket still reads.
      void this.#api.newest().then(
        (page) => {
          this.#watcher.news(this.store.put(page));
          this.look();
          this.#changed();
          this.#outbox.flush();
        },
        () => undefined,
      );
    }
    this.#changed();
  }

  async #anew(): Promise<void> {
    this.#session = undefined;
    await this.begin();
    this.#live.stop();
    this.#live.start();
  }

  #clear(): void {
    this.#live.stop();
    this.#session = undefined;
    this.#person = {};
    this.store.clear();
    this.#changed();
  }

  #changed(): void {
    this.#outbox.keep();
    this.#watcher.changed();
  }
}
