export function AgentPerformancePage() {
  return null;
}
export function LiveBoardPage() {
  return null;
}
