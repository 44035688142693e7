import { i18n } from "@lingui/core";
import { useQuery } from "@tanstack/react-query";
import { MessageSquareOff, Unplug } from "lucide-react";
import { useState } from "react";

import { Problem } from "@/api/problem";
import { meQuery } from "@/api/queries";
import type { Conversation, Me } from "@/api/types";
import { useConversation, useThread } from "@/realtime/hooks";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { customerName } from "@/ui/ownership";

import { Composer, type LockedSlot } from "./composer/Composer";
import { useOthersDrafts } from "./composer/useOthersDrafts";
import { FactKeys } from "./FactKeys";
import { HandoffCard } from "./HandoffCard";
import { MessageLog } from "./log/MessageLog";
import { Presence } from "./log/Presence";
import { useLoaded } from "./log/queries";
import { ThreadSkeleton } from "./log/ThreadSkeleton";

/** The messages of a conversation and where to write. Give it the conversation's id as its key. */
export function ThreadPane({ conversationId, locked }: { conversationId: string; locked: LockedSlot }) {
  const { data: me } = useQuery(meQuery);
  const loaded = useLoaded(conversationId);
  // A reset empties the store: what was shown stays until it is read again.
  const conversation = useKept(useConversation(conversationId));
  if (loaded.error instanceof Problem && loaded.error.status === 404) return <NotThere />;
  if (me === undefined || conversation === undefined) {
    return loaded.isError ? <NotRead retry={() => void loaded.refetch()} /> : <ThreadSkeleton />;
  }
  return (
    <Open
      conversation={conversation}
      me={me}
      locked={locked}
      {...(loaded.isError && { retry: () => void loaded.refetch() })}
    />
  );
}

function Open({
  conversation,
  me,
  locked,
  retry,
}: {
  conversation: Conversation;
  me: Me;
  locked: LockedSlot;
  retry?: () => void;
}) {
  const thread = useKept(useReadThread(conversation.id));
  const others = useOthersDrafts(conversation.id, me);
  return (
    <div className="flex min-h-0 flex-1 flex-col bg-surface">
      {conversation.escalated_at !== null && (
        <HandoffCard conversationId={conversation.id} at={conversation.escalated_at} />
      )}
      {thread !== undefined ? (
        <MessageLog conversationId={conversation.id} thread={thread} me={me.agent.id} />
      ) : retry ? (
        <NotRead retry={retry} />
      ) : (
        <ThreadSkeleton />
      )}
      <Presence
        conversationId={conversation.id}
        customer={customerName(conversation)}
        drafting={others.filter((each) => each.text === null).map((each) => each.agent.name ?? "")}
      />
      <Composer conversation={conversation} me={me} others={others} locked={locked} />
      <FactKeys conversation={conversation} isEnabled={me.role !== "viewer"} />
    </div>
  );
}

/** The thread once its first page is here. */
function useReadThread(id: string) {
  const thread = useThread(id);
  return thread?.older === undefined ? undefined : thread;
}

/** The last value that there was. */
function useKept<T>(value: T | undefined): T | undefined {
  const [kept, setKept] = useState(value);
  if (value !== undefined && value !== kept) setKept(value);
  return value ?? kept;
}

function NotThere() {
  return (
    <EmptyState icon={<MessageSquareOff size={20} />} title={i18n._("This conversation is not there.")}>
      <p>
        {i18n._(
          "It was deleted, or it belongs to another workspace. Check the address, or choose one from the list.",
        )}
      </p>
    </EmptyState>
  );
}

function NotRead({ retry }: { retry: () => void }) {
  return (
    <EmptyState icon={<Unplug size={20} />} title={i18n._("The messages could not be read.")}>
      <p>{i18n._("What you have written is safe.")}</p>
      <Button onClick={retry}>{i18n._("Try again")}</Button>
    </EmptyState>
  );
}
