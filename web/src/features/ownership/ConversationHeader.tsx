import { i18n } from "@lingui/core";
import { Suspense, useEffect, useRef, useState, type ReactNode } from "react";

import { channelName, ChannelIcon } from "@/ui/channels";
import { lazily } from "@/ui/lazily";
import { customerName } from "@/ui/ownership";
import { Bar, Late } from "@/ui/Skeleton";

import { ClaimNotes } from "./ClaimNotes";
import { FactBadges } from "./FactBadges";
import { MoreMenu } from "./MoreMenu";
import { PresenceAvatars } from "./PresenceAvatars";
import { PrimaryAct, SecondaryActs } from "./ActButtons";
import { StateLine } from "./StateLine";
import { TakeoverNotices } from "./TakeoverNotices";
import { useActs, type DialogName } from "./useActs";
import { useCameBack } from "./useCameBack";
import { useEligibilityFresh } from "./useEligibilityFresh";
import { useObserving } from "./useObserving";
import { useOwnership, type Ownership } from "./useOwnership";

const OwnershipDialog = lazily(async () => ({
  default: (await import("./dialogs/OwnershipDialog")).OwnershipDialog,
}));

interface HeaderProps {
  conversationId: string;
  /** Leads to the list on a phone. */
  back?: ReactNode;
  /** Opens and closes what is known besides. */
  details?: ReactNode;
}

/** Who the customer is, whose the conversation is, and what one can do about it. */
export function ConversationHeader({ conversationId, back, details }: HeaderProps) {
  const ownership = useOwnership(conversationId);
  if (ownership === null) return null;
  if (ownership === undefined) return <HeaderToCome />;
  return <Header key={conversationId} ownership={ownership} toList={back} details={details} />;
}

function Header({
  ownership,
  toList,
  details,
}: {
  ownership: Ownership;
  toList: ReactNode;
  details: ReactNode;
}) {
  const { conversation, me, whose } = ownership;
  const [dialog, setDialog] = useState<DialogName | null>(null);
  const observing = useObserving(conversation, me);
  const back = useCameBack(conversation);
  const acts = useActs(ownership, observing, setDialog);
  const header = useKeptFocus(`${whose} ${ownership.pending?.verb ?? ""}`);
  useEligibilityFresh(conversation.id, me.agent.id);
  const name = customerName(conversation);
  return (
    <header
      ref={header}
      tabIndex={-1}
      aria-label={i18n._("Conversation with {name}", { name })}
      className="@container shrink-0 border-b border-line bg-surface outline-none"
    >
      <div className="flex min-h-13 items-center gap-2 px-4 pt-2.5 pb-1 @max-md:[&_kbd]:hidden">
        {toList}
        <div className="min-w-0 flex-1">
          <div className="flex items-center gap-2">
            <h1 className="truncate text-[0.9375rem] font-semibold">{name}</h1>
            <span className="flex shrink-0 items-center gap-1 text-xs text-quiet">
              <ChannelIcon channel={conversation.channel} size={13} />
              <span className="sr-only @lg:not-sr-only">{channelName(conversation.channel)}</span>
            </span>
          </div>
          {conversation.subject !== null && (
            <p className="truncate text-xs text-quiet" title={conversation.subject}>
              {conversation.subject}
            </p>
          )}
        </div>
        <PresenceAvatars conversationId={conversation.id} />
        <PrimaryAct ownership={ownership} acts={acts} wasMine={back?.from.id === me.agent.id} />
        <MoreMenu acts={acts} />
        {details}
      </div>
      <div className="flex min-h-10 flex-wrap items-center gap-x-3 gap-y-1.5 px-4 pb-2.5 @max-md:[&_kbd]:hidden">
        <StateLine ownership={ownership} />
        <SecondaryActs ownership={ownership} acts={acts} />
        <FactBadges ownership={ownership} handBack={acts["hand-back"]} />
      </div>
      <ClaimNotes ownership={ownership} back={back} />
      <TakeoverNotices conversationId={conversation.id} myId={me.agent.id} />
      {dialog !== null && (
        <Suspense>
          <OwnershipDialog name={dialog} ownership={ownership} close={() => setDialog(null)} />
        </Suspense>
      )}
    </header>
  );
}

/** Keeps the focus here when the button that had it is gone because the owner changed. */
function useKeptFocus(state: string) {
  const header = useRef<HTMLElement>(null);
  const hadFocus = useRef(false);
  useEffect(() => {
    const remember = () => {
      hadFocus.current = header.current?.contains(document.activeElement) ?? false;
    };
    document.addEventListener("focusin", remember);
    return () => document.removeEventListener("focusin", remember);
  }, []);
  useEffect(() => {
    if (hadFocus.current && document.activeElement === document.body) header.current?.focus();
  }, [state]);
  return header;
}

function HeaderToCome() {
  return (
    <header className="min-h-23 shrink-0 border-b border-line bg-surface px-4 py-4" aria-busy="true">
      <Late>
        <Bar className="h-4 w-40" />
        <Bar className="mt-4 w-56" />
      </Late>
    </header>
  );
}
