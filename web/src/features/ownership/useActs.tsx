import { i18n } from "@lingui/core";
import {
  AlarmClock,
  AlarmClockOff,
  Archive,
  Ban,
  Bot,
  CircleCheck,
  CircleHelp,
  Eye,
  EyeOff,
  Hand,
  HandHelping,
  NotebookPen,
  RotateCcw,
  ShieldCheck,
  Undo2,
  UserRoundPlus,
  UserRoundX,
} from "lucide-react";
import type { ReactNode } from "react";

import { actionLabel, type ActionId } from "@/keyboard/actions";
import { useAction } from "@/keyboard/useAction";

import {
  archiveAloud,
  claimAloud,
  handBackAloud,
  notSpamAloud,
  reopenAloud,
  resolveAloud,
  spamAloud,
  wakeAloud,
} from "./aloud";
import type { Possible } from "./possible";
import type { Ownership } from "./useOwnership";

export type DialogName =
  "release" | "reassign" | "reassign-to-me" | "resolve" | "snooze" | "force-release" | "ask-takeover" | "why";

/** Something to do with the open conversation: by button, key, menu and palette alike. */
export interface Act {
  readonly id: ActionId;
  readonly label: string;
  readonly icon: ReactNode;
  readonly can: boolean;
  readonly run: () => void;
}
export type Acts = Readonly<Record<keyof typeof ICONS, Act>>;

const ICONS = {
  claim: <Hand size={15} aria-hidden="true" />,
  release: <Undo2 size={15} aria-hidden="true" />,
  reassign: <UserRoundPlus size={15} aria-hidden="true" />,
  "reassign-to-me": <UserRoundPlus size={15} aria-hidden="true" />,
  "ask-takeover": <HandHelping size={15} aria-hidden="true" />,
  observe: <Eye size={15} aria-hidden="true" />,
  resolve: <CircleCheck size={15} aria-hidden="true" />,
  "resolve-with-note": <NotebookPen size={15} aria-hidden="true" />,
  snooze: <AlarmClock size={15} aria-hidden="true" />,
  wake: <AlarmClockOff size={15} aria-hidden="true" />,
  "hand-back": <Bot size={15} aria-hidden="true" />,
  reopen: <RotateCcw size={15} aria-hidden="true" />,
  "reopen-and-claim": <RotateCcw size={15} aria-hidden="true" />,
  archive: <Archive size={15} aria-hidden="true" />,
  spam: <Ban size={15} aria-hidden="true" />,
  "not-spam": <ShieldCheck size={15} aria-hidden="true" />,
  "force-release": <UserRoundX size={15} aria-hidden="true" />,
  why: <CircleHelp size={15} aria-hidden="true" />,
} as const satisfies Partial<Record<ActionId, ReactNode>>;

/** Everything that can be done with the open conversation, and its keys. `open` opens a dialog that asks first. */
export function useActs(
  ownership: Ownership,
  observing: { isObserving: boolean; toggle: () => void },
  open: (dialog: DialogName) => void,
): Acts {
  const { conversation, can, whose } = ownership;
  const { id } = conversation;
  const { isObserving, toggle } = observing;
  const acts: Acts = {
    claim: useAct("claim", can.claim, () => void claimAloud(id)),
    release: useAct("release", can.release, () => open("release")),
    reassign: useAct("reassign", can.reassign, () => open("reassign")),
    "reassign-to-me": useAct("reassign-to-me", can.reassignToMe, () => open("reassign-to-me")),
    "ask-takeover": useAct("ask-takeover", can.askTakeover, () => open("ask-takeover")),
    observe: useAct("observe", can.observe, toggle),
    // Resolving what somebody else holds deserves a second look; one's own is resolved at once and can be undone.
    resolve: useAct("resolve", can.resolve, () =>
      whose === "others" ? open("resolve") : void resolveAloud(id, whose === "mine"),
    ),
    "resolve-with-note": useAct("resolve-with-note", can.resolve, () => open("resolve")),
    snooze: useAct("snooze", can.snooze, () => open("snooze")),
    wake: useAct("wake", can.wake, () => void wakeAloud(id)),
    "hand-back": useAct("hand-back", can.handBack, () => void handBackAloud(id, whose === "mine")),
    reopen: useAct("reopen", can.reopen, () => void reopenAloud(id, false)),
    "reopen-and-claim": useAct("reopen-and-claim", can.reopenAndClaim, () => void reopenAloud(id, true)),
    archive: useAct("archive", can.archive, () => void archiveAloud(id)),
    spam: useAct("spam", can.spam, () => void spamAloud(id)),
    "not-spam": useAct("not-spam", can.notSpam, () => void notSpamAloud(id)),
    "force-release": useAct("force-release", can.forceRelease, () => open("force-release")),
    why: useAct("why", true, () => open("why")),
  };
  return isObserving
    ? {
        ...acts,
        observe: {
          ...acts.observe,
          label: i18n._("Stop observing"),
          icon: <EyeOff size={15} aria-hidden="true" />,
        },
      }
    : acts;
}

/** Those that can be done now, in the order of the menu. */
export function canDo(acts: Acts): Act[] {
  return Object.values(acts).filter(({ can }) => can);
}

function useAct(id: keyof Acts, can: Possible[keyof Possible], run: () => void): Act {
  useAction(id, run, can);
  return { id, label: actionLabel(id), icon: ICONS[id], can, run };
}
