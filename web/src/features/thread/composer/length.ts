/** As the server counts: characters, whatever they take in memory. */
export const LONGEST = 4_000;
/** From here on the length is shown. */
export const WARN_FROM = 3_500;

export function lengthOf(text: string): number {
  // Only a text that may be near the limit is worth counting exactly.
  return text.length < WARN_FROM ? text.length : [...text.trim()].length;
}
