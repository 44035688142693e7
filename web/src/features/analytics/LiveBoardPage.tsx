export function LiveBoardPage() {
  return null;
}
