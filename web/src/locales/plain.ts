import type { CompiledMessage, CompiledMessageToken } from "@lingui/message-utils/compileMessage";

/** A text without plurals, compiled: words, and the names of values between braces. */
export function plain(text: string): CompiledMessage {
  return text
    .split(/\{(\w+)\}/)
    .map((part, index): CompiledMessageToken => (index % 2 === 1 ? [part] : part))
    .filter((part) => part !== "");
}
