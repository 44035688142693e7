/** Stands in place of the reply while somebody else holds the conversation. */
export function LockedReply({ conversationId }: { conversationId: string; draft: string; sent?: () => void }) {
  return <div data-conversation={conversationId} />;
}
