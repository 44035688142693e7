import { i18n } from "@lingui/core";
import { Eye, EyeOff, HandHelping, SendHorizontal } from "lucide-react";
import { Suspense, useState } from "react";

import { Button } from "@/ui/Button";
import { lazily } from "@/ui/lazily";

import { Asked } from "./Asked";
import { isAtLeastAdmin } from "./possible";
import { useMyRequest } from "./useMyRequest";
import { useObserving } from "./useObserving";
import { useOwnership, type Ownership } from "./useOwnership";

const OwnershipDialog = lazily(async () => ({
  default: (await import("./dialogs/OwnershipDialog")).OwnershipDialog,
}));

interface LockedReplyProps {
  conversationId: string;
  /** What is written already; it is kept whatever happens here. */
  draft: string;
  /** Sends the draft and makes the conversation ours, both or neither: for admins. */
  takeOverAndSend: () => void;
}

/** What can be done instead of replying while somebody else holds the conversation. */
export function LockedReply({ conversationId, ...rest }: LockedReplyProps) {
  const ownership = useOwnership(conversationId);
  if (!ownership || ownership.whose !== "others") return null;
  return <Choices ownership={ownership} {...rest} />;
}

function Choices({
  ownership,
  draft,
  takeOverAndSend,
}: Omit<LockedReplyProps, "conversationId"> & { ownership: Ownership }) {
  const { conversation, me, can } = ownership;
  const { isObserving, toggle } = useObserving(conversation, me);
  const request = useMyRequest(conversation.id, me.agent.id);
  const [isAsking, setAsking] = useState(false);
  return (
    <div className="flex flex-wrap items-center gap-2">
      {request !== undefined ? (
        <Asked request={request} />
      ) : (
        can.askTakeover && (
          <Button small icon={<HandHelping size={15} aria-hidden="true" />} onClick={() => setAsking(true)}>
            {i18n._("Ask to take over")}
          </Button>
        )
      )}
      {can.observe && (
        <Button
          small
          icon={isObserving ? <EyeOff size={15} aria-hidden="true" /> : <Eye size={15} aria-hidden="true" />}
          onClick={toggle}
        >
          {isObserving ? i18n._("Stop observing") : i18n._("Observe")}
        </Button>
      )}
      {isAtLeastAdmin(me) && can.reassignToMe && (
        <Button
          small
          look="danger"
          icon={<SendHorizontal size={15} aria-hidden="true" />}
          disabled={draft.trim() === ""}
          focusableWhenDisabled
          title={draft.trim() === "" ? i18n._("Write the reply first") : undefined}
          onClick={takeOverAndSend}
        >
          {i18n._("Take over and send")}
        </Button>
      )}
      {isAsking && (
        <Suspense>
          <OwnershipDialog name="ask-takeover" ownership={ownership} close={() => setAsking(false)} />
        </Suspense>
      )}
    </div>
  );
}
