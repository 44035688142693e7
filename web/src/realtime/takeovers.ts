/** Take-over requests: one agent asks the holder for a conversation. Open ones live in the store, events keep them current. */
import { useMemo } from "react";

import { api, body, newKey } from "@/api/client";
import { all } from "@/api/queries";
import type { Conversation, TakeoverRequest } from "@/api/types";

import { withTakeover } from "./applyEvent";
import { useLive } from "./hooks";
import { put, update } from "./store";

/** Reads the open requests of the workspace into the store; those that are no longer among them are forgotten. */
export async function loadTakeovers(): Promise<void> {
  const open = await all((cursor) =>
    body(
      api.GET("/v1/takeover-requests", {
        params: { query: { state: "open", limit: 100, ...(cursor === undefined ? {} : { cursor }) } },
      }),
    ),
  );
  update((state) => {
    const ids = new Set(open.map(({ id }) => id));
    const kept = [...state.takeovers].filter(([id, request]) => request.state !== "open" || ids.has(id));
    return open.reduce(withTakeover, { ...state, takeovers: new Map(kept) });
  });
}

/** Asks the holder; asking again answers the request that is open. */
export async function askTakeover(conversationId: string, note?: string): Promise<TakeoverRequest> {
  return told(
    await body(
      api.POST("/v1/conversations/{conversation_id}/takeover-requests", {
        params: { path: { conversation_id: conversationId }, header: { "Idempotency-Key": newKey() } },
        body: note === undefined ? {} : { note },
      }),
    ),
  );
}

/** The holder gives the conversation to the asker. */
export async function acceptTakeover(requestId: string): Promise<Conversation> {
  const accepted = await body(
    api.POST("/v1/takeover-requests/{request_id}/accept", { params: params(requestId), body: {} }),
  );
  const { conversation, ...request } = accepted;
  put(conversation);
  told(request);
  return conversation;
}

/** The holder keeps the conversation. */
export async function declineTakeover(requestId: string, reason?: string): Promise<TakeoverRequest> {
  return told(
    await body(
      api.POST("/v1/takeover-requests/{request_id}/decline", {
        params: params(requestId),
        body: reason === undefined ? {} : { reason },
      }),
    ),
  );
}

/** The asker withdraws the request. */
export async function cancelTakeover(requestId: string): Promise<TakeoverRequest> {
  return told(
    await body(
      api.POST("/v1/takeover-requests/{request_id}/cancel", { params: params(requestId), body: {} }),
    ),
  );
}

/** The open requests, oldest first, that `isWanted` picks. Pass a function that stays the same. */
export function useOpenTakeovers(isWanted: (request: TakeoverRequest) => boolean): TakeoverRequest[] {
  const takeovers = useLive((state) => state.takeovers);
  return useMemo(
    () =>
      [...takeovers.values()]
        .filter((request) => request.state === "open" && isWanted(request))
        .sort((a, b) => (a.id < b.id ? -1 : 1)),
    [takeovers, isWanted],
  );
}

function params(requestId: string) {
  return { path: { request_id: requestId }, header: { "Idempotency-Key": newKey() } };
}

function told(request: TakeoverRequest): TakeoverRequest {
  update((state) => withTakeover(state, request));
  return request;
}
