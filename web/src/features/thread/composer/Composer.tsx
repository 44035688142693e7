import { i18n } from "@lingui/core";
import { Lock as LockIcon, RotateCcw } from "lucide-react";
import { useRef, type ReactNode } from "react";

import type { Conversation, Me } from "@/api/types";
import { reopen } from "@/realtime/verbs";
import { Button } from "@/ui/Button";
import { cx } from "@/ui/cx";
import { aloud, customerName } from "@/ui/ownership";

import type { AgentDraft } from "../wire";
import { write } from "./drafts";
import { Footer } from "./Footer";
import { Frozen } from "./Frozen";
import { HeldSend } from "./HeldSend";
import { Hint } from "./Hint";
import { lengthOf, LONGEST } from "./length";
import { lockText } from "./lockText";
import { ModeTabs } from "./ModeTabs";
import { OthersDrafts } from "./OthersDrafts";
import type { Lock } from "./rights";
import { TextBox } from "./TextBox";
import { useComposer } from "./useComposer";

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
  const isLocked = kind === "reply" && lock !== undefined;
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
          )}
        >
          <div
            className={cx(
              "flex items-center gap-2 border-b px-2",
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
            {!(isLocked && (lock.why === "closed" || lock.why === "pools") && text === "") && (
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
                isReadOnly={composer.isFrozen || composer.isHeld}
                isInvalid={lengthOf(text) > LONGEST}
                describedBy={`${panel}-said`}
                signs={kind === "note" ? ["@", "/", ":"] : ["/", ":"]}
                names={{ customer: conversation.contact.name ?? undefined, agent: me.agent.name }}
              />
            )}
            {isLocked ? (
              <Locked id={`${panel}-said`} lock={lock} conversationId={conversation.id}>
                {lock.why === "held" && locked(text, () => composer.send({ takeOver: true }))}
              </Locked>
            ) : (
              <Footer
                id={`${panel}-said`}
                kind={kind}
                customer={customer}
                length={lengthOf(text)}
                shut={composer.isFrozen || composer.isHeld ? "" : composer.shut}
                problem={draft?.problem}
                isEmpty={text.trim() === ""}
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

/** In place of the send button: why there is none, and the way out. */
function Locked({
  id,
  lock,
  conversationId,
  children,
}: {
  id: string;
  lock: Lock;
  conversationId: string;
  children: ReactNode;
}) {
  return (
    <div className="flex flex-wrap items-center gap-2 px-3 py-2">
      <p id={id} className="flex min-w-0 flex-1 basis-60 items-start gap-1.5 text-xs text-quiet">
        <LockIcon size={13} aria-hidden="true" className="mt-0.5 shrink-0" />
        {lockText(lock)}
      </p>
      {lock.why === "closed" && (
        <Button
          icon={<RotateCcw size={14} />}
          onClick={() =>
            void aloud(
              () => reopen(conversationId),
              () => i18n._("Reopened"),
            )
          }
        >
          {i18n._("Reopen to reply")}
        </Button>
      )}
      {children}
    </div>
  );
}

function ReadOnly({ lock }: { lock: Lock }) {
  return (
    <p className="flex shrink-0 items-center justify-center gap-1.5 border-t border-line px-4 py-3 text-xs text-quiet">
      <LockIcon size={13} aria-hidden="true" className="shrink-0" />
      {lockText(lock)}
    </p>
  );
}
