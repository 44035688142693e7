/** What a browser remembers: the visitor's token over visits, what is open and unsent for this tab. */

interface Unsent {
  readonly client_id: string;
  readonly text: string;
}

function read(storage: () => Storage, name: string): string | null {
  try {
    return storage().getItem(name);
  } catch {
    return null; // switched off, or a frame that may not
  }
}

function write(storage: () => Storage, name: string, value: string | null): void {
  try {
    if (value === null) storage().removeItem(name);
    else storage().setItem(name, value);
  } catch {
    // It lasts as long as the page, then.
  }
}

const visits = (): Storage => localStorage;
const tab = (): Storage => sessionStorage;

export class Memory {
  readonly name: string;
  #token: string | null;

  constructor(key: string) {
    this.name = `dibs:${key}`;
    this.#token = read(visits, this.name);
  }

  get token(): string | null {
    return this.#token;
  }

  set token(value: string | null) {
    this.#token = value;
    write(visits, this.name, value);
  }

  /** Another tab has started, or ended, a visit. Returns whether that is news. */
  reload(): boolean {
    const now = read(visits, this.name);
    const isNews = now !== null && now !== this.#token;
    if (isNews) this.#token = now;
    return isNews;
  }

  get isOpen(): boolean {
    return read(tab, `${this.name}:open`) !== null;
  }

  set isOpen(value: boolean) {
    write(tab, `${this.name}:open`, value ? "1" : null);
  }

  get draft(): string {
    return read(tab, `${this.name}:draft`) ?? "";
  }

  set draft(value: string) {
    write(tab, `${this.name}:draft`, value || null);
  }

  get unsent(): readonly Unsent[] {
    try {
      return JSON.parse(read(tab, `${this.name}:unsent`) ?? "[]") as Unsent[];
    } catch {
      return [];
    }
  }

  set unsent(value: readonly Unsent[]) {
    write(tab, `${this.name}:unsent`, value.length ? JSON.stringify(value) : null);
  }

  forget(): void {
    this.token = null;
    this.unsent = [];
    this.draft = "";
  }

  /** Does something that another tab must not do at the same time: two that start at once are one visitor. */
  async alone(work: () => Promise<void>): Promise<void> {
    if (!("locks" in navigator)) return work();
    return navigator.locks.request(this.name, async () => {
      this.reload();
      await work();
    });
  }
}
