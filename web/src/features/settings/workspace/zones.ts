/** Every time zone that the browser knows, by its name in the IANA list. */
export const ZONES: readonly string[] = [
  "UTC",
  ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC"),
];

export function zoneName(zone: string): string {
  return zone.replaceAll("_", " ");
}
