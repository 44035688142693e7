import { i18n } from "@lingui/core";
import { Lock as LockIcon, RotateCcw } from "lucide-react";
import type { ReactNode } from "react";

import type { Conversation } from "@/api/types";
import { reopen } from "@/realtime/verbs";
import { Button } from "@/ui/Button";
import { aloud } from "@/ui/ownership";

import { lockText } from "./lockText";
import type { Lock } from "./rights";
import { TemplateButton } from "./TemplateButton";

/** In place of the send button: why there is none, and the way out. */
export function Locked({
  id,
  lock,
  conversation,
  children,
}: {
  id: string;
  lock: Lock;
  conversation: Conversation;
  children: ReactNode;
}) {
  return (
    <div className="flex flex-wrap items-center gap-2 px-3 py-2">
      <p id={id} className="flex min-w-0 flex-1 basis-60 items-start gap-1.5 text-xs text-quiet">
        <LockIcon size={13} aria-hidden="true" className="mt-0.5 shrink-0" />
        {lockText(lock)}
      </p>
      {lock.why === "closed" && (
        <Button
          icon={<RotateCcw size={14} />}
          onClick={() =>
            void aloud(
              () => reopen(conversation.id),
              () => i18n._("Reopened"),
            )
          }
        >
          {i18n._("Reopen to reply")}
        </Button>
      )}
      {lock.why === "window" && <TemplateButton conversation={conversation} />}
      {children}
    </div>
  );
}

/** All that a viewer sees of it. */
export function ReadOnly({ lock }: { lock: Lock }) {
  return (
    <p className="flex shrink-0 items-center justify-center gap-1.5 border-t border-line px-4 py-3 text-xs text-quiet">
      <LockIcon size={13} aria-hidden="true" className="shrink-0" />
      {lockText(lock)}
    </p>
  );
}
