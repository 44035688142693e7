import { i18n } from "@lingui/core";
import { LoaderCircle } from "lucide-react";

import { Button, type ButtonProps } from "@/ui/Button";
import { cx } from "@/ui/cx";
import { IconButton } from "@/ui/IconButton";

import { Asked } from "./Asked";
import { CannotClaim } from "./CannotClaim";
import { hindrance } from "./possible";
import type { Act, Acts } from "./useActs";
import { useMyRequest } from "./useMyRequest";
import type { Ownership } from "./useOwnership";
import { pendingText } from "./words";

interface Props {
  ownership: Ownership;
  acts: Acts;
}

/** The one thing that most people want to do now, at the top right. `wasMine`: it was taken from us. */
export function PrimaryAct({ ownership, acts, wasMine }: Props & { wasMine: boolean }) {
  const { pending, whose, me, mine, conversation } = ownership;
  if (pending?.verb === "claim" && whose === "unclaimed") {
    return <Pending text={pendingText("claim")} />;
  }
  if (whose === "unclaimed") {
    const hindered = hindrance(me, mine);
    if (hindered !== undefined) return <CannotClaim hindrance={hindered} why={acts.why} />;
    if (pending !== undefined) return <Pending text={pendingText(pending.verb)} />;
    const claim = wasMine ? { ...acts.claim, label: i18n._("Reclaim") } : acts.claim;
    return <ActButton act={claim} look="primary" />;
  }
  if (whose === "mine") {
    return (
      <>
        {acts.snooze.can && (
          <IconButton
            label={acts.snooze.label}
            icon={acts.snooze.icon}
            action="snooze"
            onClick={acts.snooze.run}
            className="@max-md:hidden"
          />
        )}
        {pending === undefined ? (
          <ActButton act={acts.resolve} />
        ) : (
          <Pending text={pendingText(pending.verb)} look="plain" />
        )}
      </>
    );
  }
  if (conversation.spam && pending === undefined) return <ActButton act={acts["not-spam"]} look="primary" />;
  if (whose === "closed") {
    if (pending !== undefined) return <Pending text={pendingText(pending.verb)} look="plain" />;
    return acts["reopen-and-claim"].can ? (
      <ActButton act={acts["reopen-and-claim"]} look="primary" />
    ) : (
      <ActButton act={acts.reopen} />
    );
  }
  return <AskToTakeOver ownership={ownership} act={acts["ask-takeover"]} />;
}

function AskToTakeOver({ ownership: { conversation, me }, act }: { ownership: Ownership; act: Act }) {
  const request = useMyRequest(conversation.id, me.agent.id);
  return request === undefined ? <ActButton act={act} /> : null;
}

/** What else belongs to this state of ownership, beside it. */
export function SecondaryActs({ ownership: { whose, conversation, me }, acts }: Props) {
  const request = useMyRequest(conversation.id, me.agent.id);
  const shown: Act[] = {
    mine: [acts.release, acts.reassign],
    others: [acts.observe, acts["reassign-to-me"]],
    unclaimed: [],
    closed: [acts.reopen, acts.archive],
  }[whose];
  const possible = shown.filter(({ can }) => can);
  if (possible.length === 0 && request === undefined) return null;
  return (
    <span className="flex min-w-0 items-center gap-1.5">
      {request !== undefined && <Asked request={request} />}
      {possible.map((act, index) => (
        // On a narrow screen the first one stays, the others are in the menu.
        <ActButton key={act.id} act={act} small className={cx(index > 0 && "@max-md:hidden")} />
      ))}
    </span>
  );
}

export function ActButton({
  act,
  ...rest
}: { act: Act } & Omit<ButtonProps, "onClick" | "children" | "action">) {
  if (!act.can) return null;
  return (
    <Button {...rest} icon={act.icon} action={act.id} onClick={act.run}>
      {act.label}
    </Button>
  );
}

/** Stands where the button was: same place, still focusable, and says that it is on its way. */
function Pending({ text, look = "primary" }: { text: string; look?: "primary" | "plain" }) {
  return (
    <Button
      look={look}
      disabled
      focusableWhenDisabled
      aria-busy="true"
      title={i18n._("Waiting for the server to confirm")}
      icon={<LoaderCircle size={15} aria-hidden="true" className="animate-spin" />}
    >
      {text}
    </Button>
  );
}
