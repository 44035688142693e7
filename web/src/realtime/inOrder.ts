import type { Message } from "@/api/types";

type Placed = Pick<Message, "created_at" | "seq">;

/** The order of a thread: by time, within one moment by their places in the conversation. For `sort`. */
export function inOrder(a: Placed, b: Placed): number {
  if (a.created_at !== b.created_at) return a.created_at < b.created_at ? -1 : 1;
  return a.seq - b.seq;
}
