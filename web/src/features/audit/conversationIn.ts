/** The id of a conversation in what somebody pasted: the id itself, or an address that has it. */
export function conversationIn(text: string): string | undefined {
  return /(?:^|\/)(conv_[0-9A-Za-z]{1,90})(?:$|[/?#])/.exec(text.trim())?.[1];
}
