import { i18n } from "@lingui/core";
import { useParams } from "@tanstack/react-router";
import { MessagesSquare } from "lucide-react";
import { Suspense } from "react";

import { ListPane } from "@/features/inbox/ListPane";
import { Boundary } from "@/ui/Boundary";
import { cx } from "@/ui/cx";
import { EmptyState } from "@/ui/EmptyState";
import { Keys } from "@/ui/Keys";
import { lazily } from "@/ui/lazily";
import { useIsPhone } from "@/ui/media";

import { MenuButton } from "./MenuButton";
import { panes } from "./rest";

const ConversationPanes = lazily(async () => ({ default: (await panes()).ConversationPanes }));

/** List, thread, context: beside each other as far as there is room. */
export function InboxPage() {
  const { conversationId } = useParams({ strict: false });
  const isPhone = useIsPhone();
  return (
    <div className="flex min-h-0 flex-1">
      <div
        className={cx(
          "min-h-0 w-full shrink-0 flex-col bg-surface md:w-80 md:border-r md:border-line min-[90rem]:w-88",
          conversationId !== undefined ? "hidden md:flex" : "flex",
        )}
      >
        <Boundary>
          <ListPane menu={<MenuButton />} />
        </Boundary>
      </div>
      {conversationId !== undefined ? (
        <Boundary resetKey={conversationId}>
          <Suspense fallback={<PanesToCome />}>
            <ConversationPanes conversationId={conversationId} />
          </Suspense>
        </Boundary>
      ) : (
        !isPhone && <NothingOpen />
      )}
    </div>
  );
}

function PanesToCome() {
  return (
    <section aria-label={i18n._("Conversation")} aria-busy="true" className="min-w-0 flex-1 bg-surface" />
  );
}

function NothingOpen() {
  return (
    <section aria-label={i18n._("Conversation")} className="min-w-0 flex-1 bg-page">
      <EmptyState icon={<MessagesSquare size={20} />} title={i18n._("No conversation is open.")}>
        <ul className="space-y-1.5 text-[0.8125rem]">
          <li className="flex items-center justify-center gap-1.5">
            <Keys action="next" />
            <Keys action="previous" />
            {i18n._("move through the list")}
          </li>
          <li className="flex items-center justify-center gap-1.5">
            <Keys action="open" />
            {i18n._("open the one you are on")}
          </li>
          <li className="flex items-center justify-center gap-1.5">
            <Keys action="claim-next" />
            {i18n._("claim whoever has waited longest")}
          </li>
        </ul>
      </EmptyState>
    </section>
  );
}
