import { i18n } from "@lingui/core";
import { useMemo, useState } from "react";

import { cx } from "@/ui/cx";

import { pieces } from "./linkify";

/** Longer texts show their beginning only, until somebody wants more. */
const FOLDED_CHARACTERS = 1_200;
const FOLDED_LINES = 18;

/** A text as it was written: line breaks and blanks kept, addresses are links, nothing else is markup. */
export function PlainText({ text }: { text: string }) {
  const [isOpen, setOpen] = useState(false);
  const found = useMemo(() => pieces(text), [text]);
  const isLong = text.length > FOLDED_CHARACTERS || text.split("\n").length > FOLDED_LINES;
  return (
    <>
      <div
        dir="auto"
        className={cx("[overflow-wrap:anywhere] whitespace-pre-wrap", isLong && !isOpen && "line-clamp-[12]")}
      >
        {found.map((piece, index) =>
          piece.href === undefined ? (
            piece.text
          ) : (
            <a
              key={index}
              href={piece.href}
              target="_blank"
              rel="noopener noreferrer nofollow"
              className="font-medium text-accent-ink underline decoration-accent-ink/40 underline-offset-2 hover:decoration-current"
            >
              {piece.text}
            </a>
          ),
        )}
      </div>
      {isLong && (
        <button
          type="button"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
          className="mt-1 min-h-6 text-xs font-medium text-accent-ink hover:underline"
        >
          {isOpen ? i18n._("Show less") : i18n._("Show more")}
        </button>
      )}
    </>
  );
}
