import { i18n } from "@lingui/core";
import { useRef, type ReactNode } from "react";

import type { Conversation, Me } from "@/api/types";
import { cx } from "@/ui/cx";
import { customerName } from "@/ui/ownership";

import type { AgentDraft } from "../wire";
import { AttachButton } from "./AttachButton";
import { AttachedList } from "./AttachedList";
import { write } from "./drafts";
import { Footer } from "./Footer";
import { Frozen } from "./Frozen";
import { HeldSend } from "./HeldSend";
import { Hint } from "./Hint";
import { lengthOf, LONGEST } from "./length";
import { Locked, ReadOnly } from "./Locked";
import { ModeTabs } from "./ModeTabs";
import { OthersDrafts } from "./OthersDrafts";
import type { Lock } from "./rights";
import { TextBox } from "./TextBox";
import { useComposer } from "./useComposer";

/** Locks under which there is nothing to write, unless something was written already. */
const NO_ROOM = new Set<Lock["why"] | undefined>(["closed", "pools", "window"]);

/** Shown under a locked reply: what one can do about it. `takeOverAndSend` sends the text and takes the conversation. */
export type LockedSlot = (text: string, takeOverAndSend: () => void) => ReactNode;

export interface ComposerProps {
  conversation: Conversation;
  me: Me;
  others: readonly AgentDraft[];
  locked: LockedSlot;
}

/** Where replies and notes are written: two modes that cannot be mistaken for each other. */
export function Composer({ conversation, me, others, locked }: ComposerProps) {
  const boxRef = useRef<HTMLTextAreaElement>(null);
  const composer = useComposer(conversation, me, boxRef);
  const { allowed, draft, text, kind, panel } = composer;
  const { lock } = allowed;
  const customer = customerName(conversation);
  const { files, isLocked } = composer;
  if (lock?.why === "viewer") return <ReadOnly lock={lock} />;
  const use = (theirs: string) => {
    write(conversation.id, { kind: "reply", text: text === "" ? theirs : `${text}\n\n${theirs}` });
    composer.focus();
  };
  return (
    <section aria-label={i18n._("Composer")} className="shrink-0 px-3 pb-3 sm:px-5 sm:pb-4">
      <div className="mx-auto max-w-[54rem]">
        {!composer.isFrozen && <OthersDrafts drafts={others} onUse={use} />}
        {draft?.held && (
          <HeldSend
            messages={draft.held.messages}
            onSend={() =>
              composer.send({ override: true, ...(draft.held?.then && { then: draft.held.then }) })
            }
            onEdit={composer.edit}
            onDiscard={composer.discard}
          />
        )}
        {draft?.frozen && (
          <Frozen by={draft.frozen.by} text={text} onNote={composer.asNote} onDiscard={composer.discard} />
        )}
        <div
          className={cx(
            "rounded-xl border shadow-sm focus-within:outline-2 focus-within:-outline-offset-1",
            kind === "note" && "border-note-line bg-note focus-within:outline-note-line",
            kind === "reply" && !isLocked && "border-line-strong/60 bg-surface focus-within:outline-accent",
            isLocked && "border-dashed border-line-strong bg-sunken focus-within:outline-line-strong",
            files.isOver && "outline-2 -outline-offset-1 outline-accent outline-dashed",
          )}
          {...files.drop}
        >
          <div
            className={cx(
              "flex flex-wrap items-center gap-x-2 border-b px-2",
              kind === "note" ? "border-note-line/60" : "border-line",
            )}
          >
            <ModeTabs
              kind={kind}
              isReplyLocked={lock !== undefined}
              panel={panel}
              onChoose={composer.choose}
            />
            <Hint conversation={conversation} allowed={allowed} />
          </div>
          <div role="tabpanel" id={panel} aria-labelledby={`${panel}-${kind}`}>
            {!(isLocked && NO_ROOM.has(lock?.why) && text === "") && (
              <TextBox
                boxRef={boxRef}
                label={
                  kind === "note" ? i18n._("Note to your team") : i18n._("Reply to {customer}", { customer })
                }
                placeholder={
                  kind === "note"
                    ? i18n._("Write a note that only your team sees…")
                    : i18n._("Write to {customer}…", { customer })
                }
                value={text}
                onChange={composer.change}
                onLeave={composer.leave}
                onPaste={files.onPaste}
                isReadOnly={composer.isFrozen || composer.isHeld}
                isInvalid={lengthOf(text) > LONGEST}
                describedBy={`${panel}-said`}
                signs={kind === "note" ? ["@", "/", ":"] : ["/", ":"]}
                names={{ customer: conversation.contact.name ?? undefined, agent: me.agent.name }}
              />
            )}
            <AttachedList conversationId={conversation.id} onRemoved={composer.focus} />
            {isLocked && lock !== undefined ? (
              <Locked id={`${panel}-said`} lock={lock} conversation={conversation}>
                {lock.why === "held" && locked(text, () => composer.send({ takeOver: true }))}
              </Locked>
            ) : (
              <Footer
                id={`${panel}-said`}
                kind={kind}
                customer={customer}
                length={lengthOf(text)}
                shut={composer.isFrozen || composer.isHeld ? "" : (composer.shut ?? files.trouble)}
                problem={draft?.problem}
                isEmpty={text.trim() === "" && files.count === 0}
                attach={<AttachButton mostBytes={files.mostBytes} onChosen={files.add} />}
                onSend={() => composer.send()}
                onSendAndResolve={() => composer.send({ then: "resolve" })}
              />
            )}
          </div>
        </div>
      </div>
    </section>
  );
}
