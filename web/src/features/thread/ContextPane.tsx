export function ContextPane(_: { conversationId: string }) {
  return null;
}
