import { i18n } from "@lingui/core";
import { PauseCircle } from "lucide-react";
import { useEffect, useRef } from "react";

import type { Message } from "@/api/types";
import { Button } from "@/ui/Button";

import { clock } from "../log/clock";
import { PlainText } from "../log/PlainText";

export interface HeldSendProps {
  messages: readonly Message[];
  onSend: () => void;
  onEdit: () => void;
  onDiscard: () => void;
}

/** A reply that waits: somebody else answered while it was being written. */
export function HeldSend({ messages, onSend, onEdit, onDiscard }: HeldSendProps) {
  const edit = useRef<HTMLElement>(null);
  useEffect(() => edit.current?.focus(), []);
  return (
    <section aria-label={i18n._("Held send")} className="mb-2 rounded-xl border border-line bg-warn-soft p-3">
      <p role="alert" className="flex items-center gap-1.5 font-medium text-warn">
        <PauseCircle size={15} aria-hidden="true" className="shrink-0" />
        {i18n._(
          "Not sent yet: {count, plural, one {a message} other {# messages}} came in while you were writing",
          {
            count: messages.length,
          },
        )}
      </p>
      <ul className="my-2 max-h-48 space-y-1.5 overflow-y-auto">
        {messages.map((message) => (
          <li key={message.id} className="rounded-lg bg-surface px-3 py-2">
            <p className="mb-0.5 text-xs text-quiet">
              <span className="font-medium text-ink">{message.author.name}</span> ·{" "}
              {clock(message.created_at)}
            </p>
            <PlainText text={message.text} />
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2">
        <Button ref={edit} look="primary" onClick={onEdit}>
          {i18n._("Edit")}
        </Button>
        <Button onClick={onSend}>{i18n._("Send anyway")}</Button>
        <Button look="quiet" onClick={onDiscard}>
          {i18n._("Discard")}
        </Button>
      </div>
    </section>
  );
}
