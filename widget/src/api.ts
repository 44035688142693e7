import type { Memory } from "./memory.ts";
import type { Message, Page, Person, Session } from "./shapes.ts";

/** The server did not take it; `detail` is its sentence. */
export class Refused extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, detail: string) {
    super(detail);
    this.status = status;
    this.code = code;
  }

  /** Whether the same will be taken later, without anybody changing it. */
  get passes(): boolean {
    return this.status === 429 || this.status >= 500;
  }
}

export interface Outgoing {
  readonly text: string;
  readonly client_id: string;
  readonly files: readonly string[];
  readonly person: Pick<Person, "name" | "email">;
}

export interface Left {
  readonly name: string;
  readonly email: string;
  readonly message: string;
  readonly client_id: string;
}

/** What the widget asks the server. Every call may throw Refused, or a TypeError when there is no network. */
export class Api {
  readonly #base: string;
  readonly #memory: Memory;
  readonly #language: string;

  constructor(base: string, memory: Memory, language: string) {
    this.#base = base;
    this.#memory = memory;
    this.#language = language;
  }

  async start(): Promise<Session> {
    const { token } = this.#memory;
    return this.#session("/session", {
      token,
      page_url: location.href.slice(0, 2_000),
      language: this.#language,
    });
  }

  async identify(person: Person): Promise<Session> {
    const { user_id, email, name, hash } = person;
    return this.#session("/identify", { user_id, email, name, hash });
  }

  async before(id: string): Promise<Page> {
    return this.#ask<Page>("GET", `/messages?before=${id}`);
  }

  async newest(): Promise<Page> {
    return this.#ask<Page>("GET", "/messages");
  }

  async send(outgoing: Outgoing): Promise<Message> {
    const body = { ...outgoing, page_url: location.href.slice(0, 2_000) };
    return (await this.#ask<{ message: Message }>("POST", "/messages", body)).message;
  }

  async leave(left: Left): Promise<Message> {
    const body = { ...left, page_url: location.href.slice(0, 2_000) };
    return (await this.#ask<{ message: Message }>("POST", "/offline", body)).message;
  }

  async seen(id: string): Promise<void> {
    await this.#ask("POST", "/seen", { id });
  }

  async upload(file: Blob, name: string): Promise<{ readonly id: string }> {
    return this.#ask("POST", `/files?name=${encodeURIComponent(name.slice(-200) || "file")}`, file);
  }

  async #session(path: string, body: object): Promise<Session> {
    const session = await this.#ask<Session>("POST", path, body);
    if (session.token) this.#memory.token = session.token;
    return session;
  }

  async #ask<T>(method: string, path: string, body?: object): Promise<T> {
    const isFile = body instanceof Blob;
    const { token } = this.#memory;
    const answer = await fetch(this.#base + path, {
      method,
      credentials: "omit",
      headers: {
        ...(token && { Authorization: `Bearer ${token}` }),
        ...(body && { "Content-Type": isFile ? "application/octet-stream" : "application/json" }),
      },
      ...(body && { body: isFile ? body : JSON.stringify(body) }),
    });
    if (answer.status === 204) return undefined as T;
    if (answer.ok) return (await answer.json()) as T;
    const problem = (await answer.json().catch(() => ({}))) as { code?: string; detail?: string };
    throw new Refused(answer.status, problem.code ?? "", problem.detail ?? String(answer.status));
  }
}
