import { i18n } from "@lingui/core";
import { Coffee, Eye, MessageCircleMore, NotebookPen, PenLine, type LucideIcon } from "lucide-react";

import type { PresenceFrame } from "@/realtime/frames";
import { usePresence } from "@/realtime/hooks";
import { useCustomerTyping } from "@/realtime/typing";

type Doing = Exclude<PresenceFrame["state"], "left">;

/** The most telling first. */
const ORDER: readonly Doing[] = ["replying", "noting", "viewing", "away"];
const ICONS: Readonly<Record<Doing, LucideIcon>> = {
  replying: PenLine,
  noting: NotebookPen,
  viewing: Eye,
  away: Coffee,
};

/** Who else is at a conversation, and what they do there. */
export function RowPresence({ id }: { id: string }) {
  const here = [...usePresence(id).values()];
  const isTyping = useCustomerTyping(id);
  const customer = isTyping && (
    <span
      key="customer"
      title={i18n._("The customer is writing")}
      className="inline-flex h-4.5 shrink-0 items-center rounded bg-accent-soft px-1 text-accent-ink"
    >
      <MessageCircleMore size={12} aria-hidden="true" />
      <span className="sr-only">{i18n._("The customer is writing")}</span>
    </span>
  );
  const agents = ORDER.map((doing) => {
    const names = here.filter(({ state }) => state === doing).map(({ agent }) => agent.name ?? "?");
    if (names.length === 0) return null;
    const Icon = ICONS[doing];
    const text = doingText(doing, new Intl.ListFormat(i18n.locale).format(names));
    return (
      <span
        key={doing}
        title={text}
        className="relative z-10 inline-flex h-4.5 shrink-0 items-center gap-0.5 rounded bg-other-soft px-1 text-[0.6875rem] font-medium text-other"
      >
        <Icon size={12} aria-hidden="true" />
        {names.length > 1 && names.length}
        <span className="sr-only">{text}</span>
      </span>
    );
  });
  return [customer, ...agents];
}

function doingText(doing: Doing, names: string): string {
  const texts: Record<Doing, string> = {
    replying: i18n._("Writing a reply: {names}", { names }),
    noting: i18n._("Writing a note: {names}", { names }),
    viewing: i18n._("Viewing: {names}", { names }),
    away: i18n._("Away with it open: {names}", { names }),
  };
  return texts[doing];
}
