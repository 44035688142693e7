export function LockedReply(_: { conversationId: string; draft: string }) {
  return null;
}
