import createClient from "openapi-fetch";

import { problemOf, Unreachable } from "./problem";
import type { paths } from "./schema";

/** A request that gets no answer in this time counts as unreachable. */
const PATIENCE_MS = 15_000;

const listeners = { signedOut: new Set<() => void>(), cursor: new Set<(cursor: number) => void>() };

/**
 * The typed client. An answer outside 2xx throws a `Problem`, no answer throws `Unreachable`:
 * `const { data } = await api.GET("/v1/me")`.
 */
export const api = createClient<paths>({ baseUrl: location.origin, fetch: patientFetch });

api.use({
  async onResponse({ request, response }) {
    const cursor = response.headers.get("x-event-cursor");
    if (cursor !== null) for (const listener of listeners.cursor) listener(Number(cursor));
    if (response.ok) return undefined;
    if (response.status === 401 && !new URL(request.url).pathname.endsWith("/sessions")) {
      for (const listener of listeners.signedOut) listener();
    }
    throw await problemOf(response);
  },
});

/** Calls back when the server no longer knows the session. Returns how to stop. */
export function onSignedOut(listener: () => void): () => void {
  listeners.signedOut.add(listener);
  return () => listeners.signedOut.delete(listener);
}

/** Calls back with the event cursor of every list that was read. Returns how to stop. */
export function onCursor(listener: (cursor: number) => void): () => void {
  listeners.cursor.add(listener);
  return () => listeners.cursor.delete(listener);
}

/** A fresh Idempotency-Key: send the same one when you repeat a POST whose answer got lost. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The `data` of an answer that has some. One that breaks off is as good as none: `Unreachable`. */
export async function body<T>(answer: Promise<{ data?: T }>): Promise<NonNullable<T>> {
  const { data } = await answer.catch((error: unknown) => {
    throw error instanceof SyntaxError || error instanceof TypeError ? new Unreachable() : error;
  });
  if (data === undefined || data === null) throw new Error("the server answered without a body");
  return data;
}

async function patientFetch(request: Request): Promise<Response> {
  const patience = AbortSignal.timeout(PATIENCE_MS);
  try {
    return await fetch(request, { signal: AbortSignal.any([request.signal, patience]) });
  } catch (error) {
    if (request.signal.aborted) throw error;
    throw new Unreachable();
  }
}
