import type { File, Message, Page } from "./shapes.ts";

/** What the visitor wrote and the server has not confirmed. */
export interface Pending {
  readonly client_id: string;
  readonly text: string;
  readonly files: readonly Pick<File, "id" | "name" | "size">[];
  state: "sending" | "waiting" | "failed";
  reason?: string;
}

/** Before or after, as the team sees it too. */
export function order(a: Message, b: Message): number {
  if (a.created_at !== b.created_at) return a.created_at < b.created_at ? -1 : 1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

/** The messages of this visitor, each once, however often it is told. */
export class Store {
  #messages = new Map<string, Message>();
  #ordered: Message[] | undefined;
  pending: Pending[] = [];
  more = false;
  isTyping = false;
  isOpen = true;
  isVerified = false;

  /** Takes in a page. Returns the messages of the team that are new. */
  put({ messages, more }: Partial<Page>, how: "add" | "anew" | "before" = "add"): Message[] {
    if (how === "anew") this.#messages.clear();
    if (how !== "add" && more !== undefined) this.more = more;
    const news = (messages ?? []).filter(({ id, from }) => from !== "visitor" && !this.#messages.has(id));
    for (const message of messages ?? []) {
      this.#messages.set(message.id, message);
      if (message.client_id) this.settle(message.client_id);
    }
    if (news.length) this.isTyping = false;
    this.#ordered = undefined;
    return news;
  }

  settle(clientId: string): void {
    this.pending = this.pending.filter(({ client_id }) => client_id !== clientId);
  }

  find(clientId: string): Pending | undefined {
    return this.pending.find(({ client_id }) => client_id === clientId);
  }

  /** The oldest first. */
  get messages(): readonly Message[] {
    return (this.#ordered ??= [...this.#messages.values()].sort(order));
  }

  get isEmpty(): boolean {
    return this.#messages.size === 0 && this.pending.length === 0;
  }

  get last(): Message | undefined {
    return this.messages.at(-1);
  }

  /** The team's newest message. */
  get answer(): Message | undefined {
    return this.messages.findLast(({ from }) => from !== "visitor");
  }

  get unread(): number {
    return this.messages.filter(({ from, delivery }) => from !== "visitor" && delivery !== "read").length;
  }

  /** Whether the team has seen a message of the visitor: it answers, or has answered. */
  isSeen(message: Message): boolean {
    return this.isTyping || this.messages.some((each) => each.from !== "visitor" && order(message, each) < 0);
  }

  clear(): void {
    this.#messages.clear();
    this.#ordered = undefined;
    this.pending = [];
    this.more = this.isTyping = this.isVerified = false;
  }
}
