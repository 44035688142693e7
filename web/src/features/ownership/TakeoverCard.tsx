import { i18n } from "@lingui/core";
import { HandHelping } from "lucide-react";
import { useState } from "react";

import type { TakeoverRequest } from "@/api/types";
import { useConversation } from "@/realtime/hooks";
import { acceptTakeover, declineTakeover } from "@/realtime/takeovers";
import { Button } from "@/ui/Button";
import { TextInput } from "@/ui/Field";
import { customerName } from "@/ui/ownership";
import { say } from "@/ui/status";

import { attempt } from "./attempt";
import { Countdown } from "./Countdown";

const MOST_LETTERS = 500;

/** A colleague asks for a conversation of ours: accept or decline, with a reason if we like. */
export function TakeoverCard({ request }: { request: TakeoverRequest }) {
  const conversation = useConversation(request.conversation_id);
  const [isDeclining, setDeclining] = useState(false);
  const [reason, setReason] = useState("");
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const asker = request.asker.name ?? i18n._("A colleague");
  const customer = conversation === undefined ? i18n._("a conversation") : customerName(conversation);
  const answer = async (send: () => Promise<unknown>, done: string) => {
    if (isBusy) return;
    setBusy(true);
    setProblem(undefined);
    const outcome = await attempt(request.conversation_id, send);
    setBusy(false);
    if (outcome.done) say(done, { tone: "good" });
    else setProblem(outcome.sentence);
  };
  const accept = () =>
    answer(
      () => acceptTakeover(request.id),
      i18n._("Accepted. {customer} is {asker}’s now.", { customer, asker }),
    );
  const decline = () =>
    answer(
      () => declineTakeover(request.id, reason.trim() || undefined),
      i18n._("Declined. {customer} stays yours.", { customer }),
    );
  return (
    <section
      aria-label={i18n._("Take-over request by {asker}", { asker })}
      className="rounded-xl border border-line bg-raised p-3 text-[0.8125rem]"
    >
      <div className="flex items-start gap-2.5">
        <HandHelping size={16} aria-hidden="true" className="mt-0.5 shrink-0 text-other" />
        <p className="min-w-0 flex-1">
          <span className="font-medium">
            {i18n._("{asker} asks to take over {customer}", { asker, customer })}
          </span>
          {request.note !== null && <span className="block break-words text-quiet">“{request.note}”</span>}
        </p>
        <span className="shrink-0 text-quiet">
          <Countdown until={request.expires_at} />
        </span>
      </div>
      {problem !== undefined && (
        <p role="alert" className="mt-2 rounded-lg bg-bad-soft px-2.5 py-1.5 text-bad">
          {problem}
        </p>
      )}
      {isDeclining ? (
        <form
          className="mt-2.5 flex items-center gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            void decline();
          }}
        >
          <TextInput
            aria-label={i18n._("Reason (optional)")}
            placeholder={i18n._("Reason (optional)")}
            value={reason}
            maxLength={MOST_LETTERS}
            ref={(element: HTMLElement | null) => element?.focus()}
            onChange={(event) => setReason(event.target.value)}
            onKeyDown={(event) => event.key === "Escape" && setDeclining(false)}
            className="h-7"
          />
          <Button small type="submit" disabled={isBusy} focusableWhenDisabled>
            {i18n._("Decline")}
          </Button>
        </form>
      ) : (
        <div className="mt-2.5 flex justify-end gap-2">
          <Button small disabled={isBusy} focusableWhenDisabled onClick={() => setDeclining(true)}>
            {i18n._("Decline…")}
          </Button>
          <Button small look="primary" disabled={isBusy} focusableWhenDisabled onClick={() => void accept()}>
            {i18n._("Accept")}
          </Button>
        </div>
      )}
    </section>
  );
}
