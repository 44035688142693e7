/** What the server says: see src/dibs/channels/widget/shapes.py. */

export interface File {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly width: number | null;
  readonly height: number | null;
  readonly url: string;
}

export interface Message {
  readonly id: string;
  readonly from: "visitor" | "team" | "bot";
  readonly name: string | null;
  readonly text: string;
  readonly files: readonly File[];
  readonly client_id: string | null;
  readonly delivery: "sent" | "delivered" | "read";
  readonly created_at: string;
}

export interface Config {
  readonly name: string;
  readonly colour: string;
  readonly position: "right" | "left";
  readonly greeting: string;
  readonly languages: readonly string[];
  readonly offline_form: boolean;
}

export interface Session {
  readonly token: string | null;
  readonly config: Config;
  readonly open: boolean;
  readonly verified: boolean;
  readonly messages: readonly Message[];
  readonly more: boolean;
}

export interface Page {
  readonly messages: readonly Message[];
  readonly more: boolean;
}

export type Frame =
  | {
      readonly type: "messages";
      readonly messages: readonly Message[];
      readonly more?: boolean;
      readonly reset?: boolean;
    }
  | { readonly type: "typing"; readonly on: boolean }
  | { readonly type: "ping" };

/** Whom the host page says is here. With `hash` it is proven, without it is only shown to the team. */
export interface Person {
  readonly user_id?: string;
  readonly email?: string;
  readonly name?: string;
  readonly hash?: string;
}

/** A call of `Dibs(…)`: a word, and what belongs to it. */
export type Call = readonly [string, ...unknown[]];

/** What the loader hands to the app. */
export interface Stage {
  readonly key: string;
  readonly base: string;
  readonly config: Config;
  readonly language: string;
  readonly root: ShadowRoot;
  readonly frame: HTMLElement;
  readonly launcher: HTMLButtonElement;
  readonly calls: readonly Call[];
}

export interface App {
  readonly call: (call: Call) => void;
}
