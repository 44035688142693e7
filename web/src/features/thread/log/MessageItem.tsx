import { i18n } from "@lingui/core";
import { Bot, Info, Lock } from "lucide-react";
import type { ReactNode } from "react";

import type { Message } from "@/api/types";
import { Avatar } from "@/ui/Avatar";
import { cx } from "@/ui/cx";
import { fullMoment } from "@/ui/time";

import { clock } from "./clock";
import { Delivery } from "./Delivery";
import { FailedDelivery } from "./FailedDelivery";
import { Origin, Reactions, Sources } from "./Extras";
import { MessageBody } from "./MessageBody";
import { placeOf } from "./Quoted";

/** Customers stand left, everything from our side right; each kind has a look and a word of its own. */
export const BUBBLES = {
  customer: "rounded-bl-sm bg-free-soft",
  reply: "rounded-br-sm bg-accent-soft",
  bot: "rounded-br-sm border border-line bg-surface",
  note: "rounded-br-sm border border-note-line bg-note text-note-ink",
};

export interface MessageItemProps {
  message: Message;
  /** Follows one of the same author: no need to name them again. */
  continues: boolean;
  isMine: boolean;
  /** The last of our replies shows how far it has come. */
  showsDelivery: boolean;
}

/** One message of a thread. */
export function MessageItem({ message, continues, isMine, showsDelivery }: MessageItemProps) {
  const { kind, text, details, created_at: at, delivery } = message;
  if (kind === "system") return <SystemLine text={text} at={at} />;
  const isOut = kind === "reply" || kind === "bot";
  const hasFailed = isOut && delivery === "failed";
  return (
    <Entry
      id={message.id}
      kind={kind}
      name={authorName(message, isMine)}
      avatar={message.author.name}
      at={at}
      continues={continues}
    >
      <div className={cx("max-w-full rounded-2xl px-3 py-2", BUBBLES[kind])}>
        <MessageBody message={message} />
      </div>
      <Reactions details={details} />
      <Origin details={details} />
      {kind === "bot" && <Sources details={details} />}
      {hasFailed && <FailedDelivery message={message} />}
      {kind === "reply" && showsDelivery && !hasFailed && (
        <p className="mt-0.5 flex justify-end text-xs text-quiet">
          <Delivery delivery={delivery} />
        </p>
      )}
    </Entry>
  );
}

export interface EntryProps {
  /** Of a message, so that what answers it can lead to it. */
  id?: string;
  kind: keyof typeof BUBBLES;
  name: string;
  avatar: string | null;
  at: string;
  continues: boolean;
  children: ReactNode;
}

/** The place of a message: its side, who wrote it, when, and of what kind it is. */
export function Entry({ id, kind, name, avatar, at, continues, children }: EntryProps) {
  const isOurs = kind !== "customer";
  return (
    <article
      {...(id !== undefined && { id: placeOf(id), tabIndex: -1 })}
      className={cx(
        "flex gap-2.5 outline-none",
        isOurs ? "justify-end pl-8 sm:pl-16" : "pr-8 sm:pr-16",
        continues ? "pt-1" : "pt-3.5",
      )}
    >
      {!isOurs &&
        (continues ? <span className="w-6 shrink-0" /> : <Avatar name={avatar} className="mt-4.5" />)}
      <div className={cx("flex max-w-[38rem] min-w-0 flex-col", isOurs ? "items-end" : "items-start")}>
        {continues ? (
          <span className="sr-only">{name}</span>
        ) : (
          <header className="mb-0.5 flex items-center gap-1.5 px-0.5 text-xs text-quiet">
            {kind === "note" && (
              <span className="inline-flex items-center gap-1 font-medium text-note-ink">
                <Lock size={12} aria-hidden="true" />
                {i18n._("Internal note")}
              </span>
            )}
            {kind === "bot" && <Bot size={13} aria-hidden="true" />}
            <span className="font-medium text-ink">{name}</span>
            <Time at={at} />
          </header>
        )}
        {children}
        {continues && <Time at={at} hidden />}
      </div>
    </article>
  );
}

function Time({ at, hidden }: { at: string; hidden?: boolean }) {
  return (
    <time dateTime={at} title={fullMoment(at)} className={hidden ? "sr-only" : "tabular-nums"}>
      {clock(at)}
    </time>
  );
}

function SystemLine({ text, at }: { text: string; at: string }) {
  return (
    <article className="flex items-center justify-center gap-1.5 px-6 pt-3 text-center text-xs text-quiet">
      <Info size={13} aria-hidden="true" className="shrink-0" />
      <span>{text}</span>
      <Time at={at} />
    </article>
  );
}

function authorName({ kind, author }: Message, isMine: boolean): string {
  if (kind === "bot") return author.name ?? i18n._("Assistant");
  if (isMine) return i18n._("You");
  return author.name ?? (kind === "customer" ? i18n._("Customer") : i18n._("Somebody"));
}
