import { i18n } from "@lingui/core";
import { Eye, MoonStar, NotebookPen, PencilLine } from "lucide-react";

import type { PresenceFrame, PresenceState } from "@/realtime/frames";
import { usePresence } from "@/realtime/hooks";
import { Avatar } from "@/ui/Avatar";
import { cx } from "@/ui/cx";
import { Tip } from "@/ui/Tip";

const MOST = 3;
const RANK: Record<PresenceState, number> = { replying: 0, noting: 1, viewing: 2, away: 3, left: 4 };
const ICONS = { replying: PencilLine, noting: NotebookPen, viewing: Eye, away: MoonStar, left: MoonStar };

/** Who else is here and what they do: advice, never the lock. Those who write come first. */
export function PresenceAvatars({ conversationId }: { conversationId: string }) {
  const here = [...usePresence(conversationId).values()].sort((a, b) => RANK[a.state] - RANK[b.state]);
  if (here.length === 0) return null;
  const more = here.slice(MOST);
  return (
    <ul aria-label={i18n._("Also here")} className="flex shrink-0 items-center gap-1">
      {here.slice(0, MOST).map((frame, index) => (
        <li key={frame.agent.id} className={cx(index > 0 && "hidden @md:block")}>
          <Presence frame={frame} />
        </li>
      ))}
      {more.length > 0 && (
        <li className="hidden text-xs text-quiet @md:block">
          <Tip text={more.map(presenceText).join(" · ")}>
            <span>{i18n._("+{count}", { count: more.length })}</span>
          </Tip>
        </li>
      )}
    </ul>
  );
}

function Presence({ frame }: { frame: PresenceFrame }) {
  const Icon = ICONS[frame.state];
  const writes = frame.state === "replying" || frame.state === "noting";
  return (
    <Tip text={presenceText(frame)}>
      <span role="img" aria-label={presenceText(frame)} className="relative block rounded-full">
        <Avatar name={frame.agent.name} className={cx(frame.state === "away" && "opacity-60")} />
        <span
          className={cx(
            "absolute -right-1 -bottom-1 flex size-3.5 items-center justify-center rounded-full border border-surface",
            writes ? "bg-accent text-on-accent" : "bg-free-soft text-free",
          )}
        >
          <Icon size={9} aria-hidden="true" />
        </span>
      </span>
    </Tip>
  );
}

export function presenceText({ agent, state, draft }: PresenceFrame): string {
  const name = agent.name ?? i18n._("Somebody");
  const texts: Record<PresenceState, string> = {
    viewing: i18n._("{name} is viewing", { name }),
    replying: i18n._("{name} is writing a reply", { name }),
    noting: i18n._("{name} is writing a note", { name }),
    away: i18n._("{name} is away with this open", { name }),
    left: i18n._("{name} has left", { name }),
  };
  return draft && state !== "replying" && state !== "noting"
    ? i18n._("{what} and has a draft", { what: texts[state] })
    : texts[state];
}
