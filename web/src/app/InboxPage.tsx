import { useParams } from "@tanstack/react-router";

import { ListPane } from "@/features/inbox/ListPane";
import { ConversationHeader } from "@/features/ownership/ConversationHeader";
import { LockedReply } from "@/features/ownership/LockedReply";
import { ContextPane } from "@/features/thread/ContextPane";
import { ThreadPane } from "@/features/thread/ThreadPane";
import { Boundary } from "@/ui/Boundary";

/** List, thread, context. */
export function InboxPage() {
  const { conversationId } = useParams({ strict: false });
  return (
    <div className="flex min-h-0 flex-1">
      <Boundary>
        <ListPane />
      </Boundary>
      {conversationId !== undefined && (
        <Boundary resetKey={conversationId}>
          <section className="flex min-w-0 flex-1 flex-col">
            <ConversationHeader conversationId={conversationId} />
            <ThreadPane
              key={conversationId}
              conversationId={conversationId}
              locked={(draft) => <LockedReply conversationId={conversationId} draft={draft} />}
            />
          </section>
          <ContextPane conversationId={conversationId} />
        </Boundary>
      )}
    </div>
  );
}
