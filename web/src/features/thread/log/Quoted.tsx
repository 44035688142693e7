import { i18n } from "@lingui/core";
import { CornerUpLeft } from "lucide-react";

import { useThread } from "@/realtime/hooks";
import { plainName } from "@/ui/fileNames";

/** The id of a message's place on the page. */
export function placeOf(id: string): string {
  return `message-${id}`;
}

/** What a message answers, in a line; a press goes there. */
export function Quoted({ conversationId, id }: { conversationId: string; id: string }) {
  const thread = useThread(conversationId);
  const original = thread?.messages.find((message) => message.id === id || message.external_id === id);
  const name = original?.attachments[0]?.name;
  const text = original?.text || (name === undefined ? undefined : plainName(name));
  const go = () => {
    const at = original === undefined ? null : document.getElementById(placeOf(original.id));
    at?.scrollIntoView({ block: "center" });
    at?.focus({ preventScroll: true });
  };
  if (text === undefined)
    return <p className="mb-1 text-xs text-quiet">{i18n._("Answers an earlier message")}</p>;
  return (
    <button
      type="button"
      onClick={go}
      className="mb-1.5 flex min-h-6 max-w-full items-center gap-1.5 rounded-md border-l-2 border-line-strong bg-surface/70 px-2 py-1 text-left text-xs text-quiet hover:text-ink"
    >
      <CornerUpLeft size={12} aria-hidden="true" className="shrink-0" />
      <span className="sr-only">{i18n._("Answers:")}</span>
      <bdi className="truncate">{text}</bdi>
    </button>
  );
}
