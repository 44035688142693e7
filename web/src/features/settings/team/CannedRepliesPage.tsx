export function CannedRepliesPage() {
  return null;
}
