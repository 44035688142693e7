import { i18n } from "@lingui/core";
import { useNavigate, useParams } from "@tanstack/react-router";
import { ArrowLeft, PanelRight } from "lucide-react";
import { startTransition, useEffect, useRef, useState } from "react";

import { stayed } from "@/api/pace";
import { ConversationHeader } from "@/features/ownership/ConversationHeader";
import { LockedReply } from "@/features/ownership/LockedReply";
import { ContextPane } from "@/features/thread/ContextPane";
import { ThreadPane } from "@/features/thread/ThreadPane";
import { arrive } from "@/keyboard/going";
import { Boundary } from "@/ui/Boundary";
import { cx } from "@/ui/cx";
import { Dialog } from "@/ui/Dialog";
import { IconButton } from "@/ui/IconButton";
import { useIsWide } from "@/ui/media";
import { remembered, useRemembered } from "@/ui/remembered";

const contextPane = remembered("dibs.context", ["open", "closed"]);

/** The open conversation: header, messages, composer, and its details beside it or in a drawer. */
export function ConversationPanes({ conversationId }: { conversationId: string }) {
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
    arrive(conversationId);
  }, [conversationId]);
  const isKeptOpen = useRemembered(contextPane) === "open";
  const [isDrawerOpen, setDrawerOpen] = useState(false);
  const toggle = () => {
    if (isWide) contextPane.set(isKeptOpen ? "closed" : "open");
    else setDrawerOpen(true);
  };
  const isShown = isWide ? isKeptOpen : isDrawerOpen;
  const label = isShown ? i18n._("Hide details") : i18n._("Show details");
  // Messages, composer and header answer the key; the details follow where somebody stays.
  const detailsOf = useWhereStayed(conversationId);
  const isBehind = detailsOf !== conversationId;
  const context = <ContextPane key={detailsOf} conversationId={detailsOf} />;
  return (
    <>
      <section
        ref={pane}
        tabIndex={-1}
        aria-label={i18n._("Conversation")}
        className="flex min-h-0 min-w-0 flex-1 flex-col bg-surface outline-none"
      >
        <ConversationHeader
          conversationId={conversationId}
          back={<BackButton />}
          details={
            <IconButton
              label={label}
              icon={<PanelRight size={17} />}
              aria-expanded={isShown}
              onClick={toggle}
              className="-mr-2"
            />
          }
        />
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
          aria-busy={isBehind}
          inert={isBehind}
          className={cx(
            "min-h-0 w-68 shrink-0 overflow-y-auto border-l border-line bg-sunken min-[90rem]:w-76",
            isBehind && "*:opacity-50",
          )}
        >
          <Boundary resetKey={detailsOf}>{context}</Boundary>
        </aside>
      )}
      {!isWide && (
        <Dialog open={isDrawerOpen} onOpenChange={setDrawerOpen} title={i18n._("Details")} side="right">
          <Boundary resetKey={detailsOf}>{context}</Boundary>
        </Dialog>
      )}
    </>
  );
}

/** The last conversation where somebody stayed while going through the list by key. */
function useWhereStayed(conversationId: string): string {
  const [kept, keep] = useState(conversationId);
  useEffect(() => {
    const leaving = new AbortController();
    stayed(leaving.signal).then(
      () => startTransition(() => keep(conversationId)),
      () => undefined,
    );
    return () => leaving.abort();
  }, [conversationId]);
  return kept;
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
