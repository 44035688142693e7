import { i18n } from "@lingui/core";
import { expect, test } from "vitest";

import { groupsOf } from "./kinds";
import { isShown, isWhole, sent } from "./values";

i18n.loadAndActivate({ locale: "en", messages: {} });
const email = groupsOf("email");
const mailbox = {
  address: " support@example.com ",
  inbound: "imap",
  imap_host: "imap.example.com",
  imap_port: 993,
  imap_user: "support",
  imap_folder: "INBOX",
  smtp_host: "smtp.example.com",
  smtp_port: 587,
};

test("a new mailbox needs its password, a connected one keeps it", () => {
  expect(isWhole(email, mailbox, true)).toBe(false);
  expect(isWhole(email, { ...mailbox, imap_password: "secret" }, true)).toBe(true);
  expect(isWhole(email, mailbox, false)).toBe(true);
});

test("a secret that nobody typed in is not sent", () => {
  expect(sent(email, { ...mailbox, imap_password: "" })).not.toHaveProperty("imap_password");
  expect(sent(email, { ...mailbox, imap_password: " s " })).toHaveProperty("imap_password", " s ");
});

test("texts are sent without blanks around them", () => {
  expect(sent(email, mailbox)).toHaveProperty("address", "support@example.com");
});

test("what has no place now is neither asked for nor sent", () => {
  const handed = { ...mailbox, inbound: "smtp", imap_host: "" };
  expect(isWhole(email, handed, true)).toBe(true);
  expect(sent(email, handed)).not.toHaveProperty("imap_host");
  expect(email.flatMap(({ fields }) => fields).filter((field) => !isShown(handed, field))).toHaveLength(6);
});

test("an emptied name is taken away, an emptied title stays empty", () => {
  expect(sent(email, { ...mailbox, sender_name: " " })).toHaveProperty("sender_name", null);
  expect(sent(groupsOf("widget"), { title: "" })).toHaveProperty("title", "");
});
