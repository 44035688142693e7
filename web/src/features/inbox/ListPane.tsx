export function ListPane() {
  return null;
}
