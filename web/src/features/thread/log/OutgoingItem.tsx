import { i18n } from "@lingui/core";
import { CircleAlert, LoaderCircle, RotateCw } from "lucide-react";

import { Button } from "@/ui/Button";
import { cx } from "@/ui/cx";

import type { Outgoing } from "../composer/outbox";
import { discard, sendAgain, takeBack } from "../composer/send";
import { Attachments } from "./Attachments";
import { BUBBLES, Entry } from "./MessageItem";
import { PlainText } from "./PlainText";

/** What was sent and the server has not confirmed: never drawn as sent. */
export function OutgoingItem({ outgoing, me }: { outgoing: Outgoing; me: string }) {
  const { state, kind, text, at, why, files = [] } = outgoing;
  return (
    <Entry kind={kind} name={i18n._("You")} avatar={null} at={at} continues={false}>
      <div
        className={cx(
          "rounded-2xl px-3 py-2",
          BUBBLES[kind],
          state === "failed" ? "ring-1 ring-bad" : "opacity-70",
        )}
      >
        {text !== "" && <PlainText text={text} />}
        <Attachments files={files} />
      </div>
      {state === "failed" ? (
        <div className="mt-1 flex flex-col items-end gap-1 text-xs text-bad">
          <p className="inline-flex items-start gap-1">
            <CircleAlert size={13} aria-hidden="true" className="mt-px shrink-0" />
            <span>
              <span className="font-medium">{i18n._("Failed")}</span> · {why}
            </span>
          </p>
          <div className="flex gap-1">
            <Button small look="danger" icon={<RotateCw size={12} />} onClick={() => sendAgain(outgoing, me)}>
              {i18n._("Retry")}
            </Button>
            <Button small look="quiet" onClick={() => takeBack(outgoing)}>
              {i18n._("Edit")}
            </Button>
            <Button small look="quiet" onClick={() => discard(outgoing)}>
              {i18n._("Discard")}
            </Button>
          </div>
        </div>
      ) : (
        <p className="mt-0.5 flex items-center gap-1 text-xs text-quiet">
          <LoaderCircle size={12} aria-hidden="true" className="animate-spin" />
          {state === "sending" ? i18n._("Sending…") : i18n._("Not confirmed: is being repeated")}
        </p>
      )}
    </Entry>
  );
}
