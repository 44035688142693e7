import type { Message } from "@/api/types";

type Placed = Pick<Message, "created_at" | "id"> & { readonly seq?: number };

/** The order of a thread: by time, within one moment by their places in the conversation. For `sort`. */
export function inOrder(a: Placed, b: Placed): number {
  if (a.created_at !== b.created_at) return a.created_at < b.created_at ? -1 : 1;
  // A server of before this release tells no places; its ids rise.
  if (a.seq !== undefined && b.seq !== undefined && a.seq !== b.seq) return a.seq - b.seq;
  if (a.id === b.id) return 0;
  return a.id < b.id ? -1 : 1;
}
