/** What went wrong, beside the field that caused it or above the button. */
import { i18n } from "@lingui/core";

import { Problem } from "@/api/problem";

/** The server's message for a field, without the kind of error that may stand before it. */
export function beside(error: unknown, field: string): string | undefined {
  if (!(error instanceof Problem)) return undefined;
  const found = error.members.errors?.find((each) => each.field.replace(/^body\./, "") === field);
  if (found === undefined) return undefined;
  const text = found.message.replace(/^Value error, /, "");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The sentence for what no field of `fields` explains. */
export function otherwise(error: unknown, fields: readonly string[] = []): string | undefined {
  if (error === null || error === undefined) return undefined;
  if (!(error instanceof Problem)) return i18n._("The server could not be reached. Try again in a moment.");
  if (fields.some((field) => beside(error, field) !== undefined)) return undefined;
  if (error.status === 429) {
    const seconds = error.members.retry_after;
    return seconds === undefined
      ? i18n._("Too many attempts. Wait a minute and try again.")
      : i18n._("Too many attempts. Try again in {seconds, plural, one {# second} other {# seconds}}.", {
          seconds,
        });
  }
  return error.message;
}
