import type { ReactNode } from "react";

export function ThreadPane(_: { conversationId: string; locked: (draft: string) => ReactNode }) {
  return null;
}
