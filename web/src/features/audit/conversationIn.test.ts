import { expect, test } from "vitest";

import { conversationIn } from "./conversationIn";

test.each([
  ["conv_01M8DK281K", "conv_01M8DK281K"],
  ["  conv_01M8DK281K\n", "conv_01M8DK281K"],
  ["https://inbox.example.com/conversations/conv_01M8", "conv_01M8"],
  ["/inbox/all/conv_01M8?sort=waiting", "conv_01M8"],
  ["/inbox/all/conv_01M8#end", "conv_01M8"],
])("%s names a conversation", (text, id) => {
  expect(conversationIn(text)).toBe(id);
});

test.each(["", "ana", "conv_", "agt_01M8", "conv_01 M8", "myconv_01M8", "conv_01M8;drop"])(
  "“%s” names none",
  (text) => {
    expect(conversationIn(text)).toBeUndefined();
  },
);
