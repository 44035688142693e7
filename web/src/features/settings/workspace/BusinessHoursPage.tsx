export function BusinessHoursPage() {
  return null;
}
