import { useInfiniteQuery } from "@tanstack/react-query";
import { i18n } from "@lingui/core";
import { useNavigate } from "@tanstack/react-router";
import { BellOff, CheckCheck, Volume2, VolumeX } from "lucide-react";
import { useState } from "react";

import { Problem } from "@/api/problem";
import type { Notification } from "@/api/types";
import { Ago } from "@/ui/Ago";
import { Button } from "@/ui/Button";
import { cx } from "@/ui/cx";
import { EmptyState } from "@/ui/EmptyState";
import { IconButton } from "@/ui/IconButton";
import { useRemembered } from "@/ui/remembered";
import { sound } from "@/ui/sound";

import { feedQuery, markAllSeen, markSeen } from "./feed";
import { useNotifications } from "./useNotifications";
import { kindText, sentence } from "./words";

/** All notifications, newest first. */
export function NotificationList({ close }: { close: () => void }) {
  const { all, unseen } = useNotifications();
  const { isPending, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } =
    useInfiniteQuery(feedQuery);
  const [problem, setProblem] = useState<string>();
  const newest = all[0];
  const seen = (marking: Promise<void>) => {
    setProblem(undefined);
    marking.catch((caught: unknown) =>
      setProblem(
        caught instanceof Problem ? caught.message : i18n._("The server could not be reached. Try again."),
      ),
    );
  };
  return (
    <>
      <header className="flex items-center gap-1 border-b border-line py-1.5 pr-1.5 pl-4">
        <h2 className="flex-1 font-semibold">{i18n._("Notifications")}</h2>
        <SoundButton />
        <IconButton
          label={i18n._("Mark all as seen")}
          icon={<CheckCheck size={16} aria-hidden="true" />}
          disabled={unseen.length === 0}
          focusableWhenDisabled
          onClick={() => newest !== undefined && seen(markAllSeen(newest.id))}
        />
      </header>
      {problem !== undefined && (
        <p role="alert" className="bg-bad-soft px-4 py-2 text-[0.8125rem] text-bad">
          {problem}
        </p>
      )}
      <div className="min-h-40 flex-1 overflow-y-auto">
        {error !== null && all.length === 0 && (
          <EmptyState title={i18n._("Notifications could not be read.")}>
            <Button onClick={() => void refetch()}>{i18n._("Try again")}</Button>
          </EmptyState>
        )}
        {!isPending && error === null && all.length === 0 && (
          <EmptyState icon={<BellOff size={20} aria-hidden="true" />} title={i18n._("Nothing yet")}>
            {i18n._("Customer replies, mentions and what happens to your claims appear here.")}
          </EmptyState>
        )}
        <ul className="divide-y divide-line">
          {all.map((notification) => (
            <Line
              key={notification.id}
              notification={notification}
              open={() => {
                if (notification.seen_at === null) seen(markSeen(notification.id));
                close();
              }}
            />
          ))}
        </ul>
        {hasNextPage && (
          <div className="p-2 text-center">
            <Button look="quiet" small disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
              {i18n._("Show older")}
            </Button>
          </div>
        )}
      </div>
    </>
  );
}

function Line({ notification, open }: { notification: Notification; open: () => void }) {
  const navigate = useNavigate();
  const { kind, note, conversation_id, seen_at, created_at } = notification;
  const go = () => {
    open();
    if (conversation_id !== null) {
      void navigate({
        to: "/conversations/$conversationId",
        params: { conversationId: conversation_id },
      });
    }
  };
  return (
    <li>
      <button
        type="button"
        onClick={go}
        className="flex w-full items-start gap-2.5 px-4 py-2.5 text-left text-[0.8125rem] hover:bg-hover focus-visible:-outline-offset-2"
      >
        <span
          className={cx(
            "mt-1.5 size-2 shrink-0 rounded-full",
            seen_at === null ? "bg-accent" : "bg-transparent",
          )}
        />
        <span className="min-w-0 flex-1">
          <span className="flex items-baseline justify-between gap-2 text-xs text-quiet">
            <span>
              {seen_at === null && <span className="sr-only">{i18n._("Unseen:")} </span>}
              {kindText(kind)}
            </span>
            <Ago at={created_at} className="shrink-0" />
          </span>
          <span className={cx("line-clamp-2 break-words", seen_at === null && "font-medium")}>
            {sentence(notification)}
          </span>
          {note !== null && <span className="line-clamp-2 break-words text-quiet">“{note}”</span>}
        </span>
      </button>
    </li>
  );
}

function SoundButton() {
  const isOn = useRemembered(sound) === "on";
  return (
    <IconButton
      label={isOn ? i18n._("Sound is on: switch it off") : i18n._("Sound is off: switch it on")}
      icon={isOn ? <Volume2 size={16} aria-hidden="true" /> : <VolumeX size={16} aria-hidden="true" />}
      onClick={() => sound.set(isOn ? "off" : "on")}
    />
  );
}
