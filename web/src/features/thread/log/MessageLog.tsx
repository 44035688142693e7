import { i18n } from "@lingui/core";
import { ArrowDown } from "lucide-react";
import { useMemo, useRef } from "react";

import type { Thread } from "@/realtime/state";
import { day } from "@/ui/time";

import { outbox } from "../composer/outbox";
import { useKeyed } from "../composer/keyed";
import { MessageItem } from "./MessageItem";
import { OutgoingItem } from "./OutgoingItem";
import { useHistory } from "./queries";
import { StepLine } from "./StepLine";
import { timeline, type Entry } from "./timeline";
import { useScroll } from "./useScroll";

/** The messages of a conversation by day, newest at the bottom, with the steps of its life between them. */
export function MessageLog({
  conversationId,
  thread,
  me,
}: {
  conversationId: string;
  thread: Thread;
  me: string;
}) {
  const steps = useHistory(conversationId);
  const outgoing = useKeyed(outbox, conversationId);
  const hasOlder = thread.older != null;
  const entries = useMemo(
    () => timeline(thread.messages, steps, outgoing ?? [], hasOlder),
    [thread.messages, steps, outgoing, hasOlder],
  );
  const boxRef = useRef<HTMLDivElement>(null);
  const scroll = useScroll(boxRef, conversationId, entries, hasOlder);
  const lastReply = thread.messages.findLast((message) => message.kind === "reply")?.id;
  return (
    <div className="relative min-h-0 flex-1">
      {/* Whoever reads by keys alone scrolls it with them. */}
      <div
        ref={boxRef}
        role="log"
        aria-label={i18n._("Messages")}
        aria-live={scroll.isReadingBack ? "off" : "polite"}
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        onScroll={scroll.onScroll}
        className="h-full overflow-x-hidden overflow-y-auto overscroll-contain px-4 pb-4 [overflow-anchor:none] focus-visible:-outline-offset-2 sm:px-6"
      >
        <div className="mx-auto flex min-h-full max-w-[52rem] flex-col justify-end">
          <div className="pt-3 text-center text-xs text-quiet">
            {hasOlder ? (
              scroll.hasFailed ? (
                <OlderFailed retry={scroll.readOlder} />
              ) : (
                i18n._("Loading older messages…")
              )
            ) : null}
          </div>
          {entries.map((entry) => (
            <EntryRow key={entry.key} entry={entry} me={me} lastReply={lastReply} />
          ))}
        </div>
      </div>
      {scroll.newBelow > 0 && (
        <button
          type="button"
          onClick={scroll.toBottom}
          className="absolute bottom-3 left-1/2 inline-flex h-8 -translate-x-1/2 items-center gap-1.5 rounded-full bg-accent px-3 text-xs font-medium text-on-accent shadow-lg hover:bg-accent-hover"
        >
          <ArrowDown size={14} aria-hidden="true" />
          {i18n._("{count, plural, one {# new message} other {# new messages}}", { count: scroll.newBelow })}
        </button>
      )}
    </div>
  );
}

function EntryRow({ entry, me, lastReply }: { entry: Entry; me: string; lastReply: string | undefined }) {
  switch (entry.type) {
    case "day":
      return (
        <h3 className="sticky top-0 z-10 pt-3 text-center text-xs font-medium text-quiet">
          <span className="inline-block rounded-full bg-surface px-3 py-0.5 first-letter:uppercase">
            {day(entry.at)}
          </span>
        </h3>
      );
    case "step":
      return <StepLine step={entry.step} before={entry.before} me={me} />;
    case "outgoing":
      return <OutgoingItem outgoing={entry.outgoing} me={me} />;
    case "message":
      return (
        <MessageItem
          message={entry.message}
          continues={entry.continues}
          isMine={entry.message.author.id === me}
          showsDelivery={entry.message.id === lastReply}
        />
      );
  }
}

function OlderFailed({ retry }: { retry: () => void }) {
  return (
    <button type="button" onClick={retry} className="min-h-6 font-medium text-bad underline">
      {i18n._("Older messages could not be read. Try again")}
    </button>
  );
}
