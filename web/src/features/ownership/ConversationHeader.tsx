export function ConversationHeader(_: { conversationId: string }) {
  return null;
}
