import { i18n } from "@lingui/core";
import { LoaderCircle } from "lucide-react";

import type { Message } from "@/api/types";
import { Button } from "@/ui/Button";
import { remembered, useRemembered } from "@/ui/remembered";

import { Attachments, Dropped } from "./Attachments";
import { Folded } from "./Folded";
import { MailFrame } from "./MailFrame";
import { PlainText } from "./PlainText";
import { Quoted } from "./Quoted";

const look = remembered("dibs.mail", ["text", "designed"]);

/** What a message says, with what came along. */
export function MessageBody({ message }: { message: Message }) {
  const { text, details, attachments, conversation_id } = message;
  const isDesigned = useRemembered(look) === "designed" && details.html === true;
  return (
    <>
      {details.reply_to !== undefined && <Quoted conversationId={conversation_id} id={details.reply_to} />}
      {details.subject !== undefined && (
        <p className="mb-1 font-semibold [overflow-wrap:anywhere]">
          <bdi>{details.subject}</bdi>
        </p>
      )}
      {isDesigned ? <MailFrame message={message} /> : text !== "" && <PlainText text={text} />}
      {!isDesigned && details.quoted !== undefined && <Folded text={details.quoted} />}
      {details.html === true && (
        <Button
          small
          look="quiet"
          onClick={() => look.set(isDesigned ? "text" : "designed")}
          className="mt-1 -ml-2"
        >
          {isDesigned ? i18n._("Show as text") : i18n._("Show as designed")}
        </Button>
      )}
      {details.fetching !== undefined && details.fetching.length > 0 && (
        <p className="mt-1 flex items-center gap-1.5 text-xs text-quiet">
          <LoaderCircle size={13} aria-hidden="true" className="shrink-0 animate-spin" />
          {i18n._("{count, plural, one {A file is} other {# files are}} still being fetched.", {
            count: details.fetching.length,
          })}
        </p>
      )}
      <Attachments files={attachments} />
      <Dropped files={details.dropped} />
    </>
  );
}
