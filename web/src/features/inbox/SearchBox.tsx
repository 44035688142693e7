import { i18n } from "@lingui/core";
import { useNavigate } from "@tanstack/react-router";
import { Search, X } from "lucide-react";
import { useEffect, useRef, useState, Suspense } from "react";

import { useAction } from "@/keyboard/useAction";
import { IconButton } from "@/ui/IconButton";
import { Keys } from "@/ui/Keys";
import { lazily } from "@/ui/lazily";

import { SCROLLER_ID, wantRowsOf } from "./position";
import { useSetFilters } from "./useSetFilters";
import type { Place } from "./useList";

const Findings = lazily(async () => ({ default: (await import("./Findings")).Findings }));

const PAUSE_MS = 250;
export const SEARCH_ID = "inbox-search";

/** Searches the list, and everything that was ever written. */
export function SearchBox({ place }: { place: Place }) {
  const { filters } = place.list;
  const set = useSetFilters(place);
  const input = useRef<HTMLInputElement>(null);
  const q = filters.q ?? "";
  const [text, setText] = useState(q);
  // What the address says after somebody else changed it, not what it says while one types on.
  const [known, setKnown] = useState(q);
  if (known !== q) {
    setKnown(q);
    if (!text.trim().startsWith(q) || q === "") setText(q);
  }
  const focusIt = useFocusSearch();
  useAction("search", focusIt);
  useEffect(() => {
    const wanted = text.trim();
    if (wanted === q) return;
    const timer = setTimeout(() => set({ q: wanted === "" ? undefined : wanted }), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, q, set]);
  const empty = () => {
    setText("");
    set({ q: undefined });
  };
  const toRows = () => {
    const wanted = text.trim();
    wantRowsOf(wanted);
    if (wanted !== q) set({ q: wanted === "" ? undefined : wanted });
    else document.querySelector<HTMLElement>(`#${SCROLLER_ID} [role=row][tabindex="0"]`)?.focus();
  };
  return (
    <div role="search" className="px-3.5 pb-2">
      <div className="relative flex items-center">
        <Search size={15} aria-hidden="true" className="absolute left-2.5 text-quiet" />
        <input
          id={SEARCH_ID}
          ref={input}
          type="search"
          value={text}
          maxLength={200}
          autoComplete="off"
          placeholder={i18n._("Search conversations")}
          aria-label={i18n._("Search conversations")}
          onChange={(event) => setText(event.target.value)}
          onBlur={() => wantRowsOf(null)}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) return;
            if (event.key === "Enter" || event.key === "ArrowDown") {
              event.preventDefault();
              toRows();
            }
            if (event.key !== "Escape") return;
            event.stopPropagation();
            if (text === "") input.current?.blur();
            else empty();
          }}
          className="h-8 w-full rounded-lg border border-line bg-sunken pr-8 pl-8 text-[0.8125rem] placeholder:text-quiet hover:border-line-strong [&::-webkit-search-cancel-button]:hidden"
        />
        <span className="absolute right-1.5 flex items-center text-quiet">
          {text === "" ? (
            <Keys action="search" />
          ) : (
            <IconButton
              label={i18n._("Clear the search")}
              icon={<X size={14} />}
              className="size-6"
              onClick={() => {
                empty();
                input.current?.focus();
              }}
            />
          )}
        </span>
      </div>
      {filters.q !== undefined && (
        <Suspense>
          <Findings place={place} words={filters.q} />
        </Suspense>
      )}
    </div>
  );
}

/** Puts the focus into the search; from elsewhere it goes to all open conversations first. */
export function useFocusSearch(): () => void {
  const navigate = useNavigate();
  return () => {
    const box = document.getElementById(SEARCH_ID);
    // On a phone the list is folded away while a conversation is open.
    if (box !== null && box.offsetParent !== null) {
      box.focus();
      return;
    }
    void navigate({ to: "/inbox/$view", params: { view: "all" } }).then(() => {
      requestAnimationFrame(() => document.getElementById(SEARCH_ID)?.focus());
    });
  };
}
