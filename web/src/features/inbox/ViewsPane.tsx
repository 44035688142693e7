export function ViewsPane() {
  return null;
}
