import { i18n } from "@lingui/core";
import { useNavigate, useParams } from "@tanstack/react-router";
import { ArrowLeft, MessagesSquare, PanelRight } from "lucide-react";
import { useEffect, useRef, useState } from "react";

import { ListPane } from "@/features/inbox/ListPane";
import { ConversationHeader } from "@/features/ownership/ConversationHeader";
import { LockedReply } from "@/features/ownership/LockedReply";
import { ContextPane } from "@/features/thread/ContextPane";
import { ThreadPane } from "@/features/thread/ThreadPane";
import { Boundary } from "@/ui/Boundary";
import { cx } from "@/ui/cx";
import { Dialog } from "@/ui/Dialog";
import { EmptyState } from "@/ui/EmptyState";
import { IconButton } from "@/ui/IconButton";
import { Keys } from "@/ui/Keys";
import { useIsPhone, useIsWide } from "@/ui/media";
import { remembered, useRemembered } from "@/ui/remembered";

import { MenuButton } from "./MenuButton";

const contextPane = remembered("dibs.context", ["open", "closed"]);

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
          <ConversationPanes conversationId={conversationId} />
        </Boundary>
      ) : (
        !isPhone && <NothingOpen />
      )}
    </div>
  );
}

function ConversationPanes({ conversationId }: { conversationId: string }) {
  const isWide = useIsWide();
  const pane = useRef<HTMLElement>(null);
  useEffect(() => {
    // The row that was opened is no longer on screen where only one pane fits.
    const { activeElement } = document;
    if (
      activeElement instanceof HTMLElement &&
      activeElement.offsetParent === null &&
      activeElement.role === "row"
    )
      pane.current?.focus();
  }, [conversationId]);
  const isKeptOpen = useRemembered(contextPane) === "open";
  const [isDrawerOpen, setDrawerOpen] = useState(false);
  const toggle = () => {
    if (isWide) contextPane.set(isKeptOpen ? "closed" : "open");
    else setDrawerOpen(true);
  };
  const isShown = isWide ? isKeptOpen : isDrawerOpen;
  const label = isShown ? i18n._("Hide details") : i18n._("Show details");
  const context = <ContextPane key={conversationId} conversationId={conversationId} />;
  return (
    <>
      <section
        ref={pane}
        tabIndex={-1}
        aria-label={i18n._("Conversation")}
        className="flex min-h-0 min-w-0 flex-1 flex-col bg-surface outline-none"
      >
        <div className="flex shrink-0 items-stretch">
          <div className="min-w-0 flex-1">
            <ConversationHeader conversationId={conversationId} back={<BackButton />} />
          </div>
          <div className="border-b border-line pt-3 pr-2">
            <IconButton
              label={label}
              icon={<PanelRight size={17} />}
              aria-expanded={isShown}
              onClick={toggle}
            />
          </div>
        </div>
        <ThreadPane
          key={conversationId}
          conversationId={conversationId}
          locked={(draft, takeOverAndSend) => (
            <LockedReply conversationId={conversationId} draft={draft} takeOverAndSend={takeOverAndSend} />
          )}
        />
      </section>
      {isWide && isKeptOpen && (
        <aside
          aria-label={i18n._("Details")}
          className="min-h-0 w-68 shrink-0 overflow-y-auto border-l border-line bg-sunken min-[90rem]:w-76"
        >
          <Boundary resetKey={conversationId}>{context}</Boundary>
        </aside>
      )}
      {!isWide && (
        <Dialog open={isDrawerOpen} onOpenChange={setDrawerOpen} title={i18n._("Details")} side="right">
          <Boundary resetKey={conversationId}>{context}</Boundary>
        </Dialog>
      )}
    </>
  );
}

/** Where only one pane fits, the way back to the list. */
function BackButton() {
  const { view } = useParams({ strict: false });
  const navigate = useNavigate();
  return (
    <span className="md:hidden">
      <IconButton
        label={i18n._("Back to the list")}
        icon={<ArrowLeft size={18} />}
        className="-ml-2"
        onClick={() =>
          void navigate({
            to: "/inbox/$view",
            params: { view: view ?? "all" },
            search: (before) => before,
          })
        }
      />
    </span>
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
