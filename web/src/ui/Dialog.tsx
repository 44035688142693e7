import { Dialog as Base } from "@base-ui/react/dialog";
import { i18n } from "@lingui/core";
import { X } from "lucide-react";
import type { ReactNode } from "react";

import { cx } from "./cx";
import { IconButton } from "./IconButton";

export interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: ReactNode;
  children?: ReactNode;
  /** Buttons at the bottom right, the one that goes on last. */
  footer?: ReactNode;
  /** A drawer stands at the right edge, over the full height. */
  side?: "center" | "right";
  wide?: boolean;
  /** What gets the focus first; usually the first thing that can have it. */
  initialFocus?: () => HTMLElement | null;
  /** What gets it afterwards; usually what had it before. */
  returnFocus?: () => HTMLElement | null;
}

/** A modal dialog: focus is kept inside, Esc closes, focus returns to where it was. */
export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  children,
  footer,
  side = "center",
  wide,
  initialFocus,
  returnFocus,
}: DialogProps) {
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-black/40 backdrop-blur-[1px] transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Base.Popup
          {...(initialFocus && { initialFocus })}
          {...(returnFocus && { finalFocus: returnFocus })}
          className={cx(
            "fixed z-50 flex flex-col border border-line bg-raised shadow-2xl transition-all outline-none",
            side === "center"
              ? cx(
                  "top-1/2 left-1/2 max-h-[min(46rem,92dvh)] w-[min(100vw-1rem,var(--w))] -translate-1/2 rounded-2xl data-ending-style:opacity-0 data-starting-style:scale-97 data-starting-style:opacity-0",
                  wide ? "[--w:44rem]" : "[--w:28rem]",
                )
              : cx(
                  "top-0 right-0 h-dvh w-[min(100vw,var(--w))] data-ending-style:translate-x-4 data-ending-style:opacity-0 data-starting-style:translate-x-4 data-starting-style:opacity-0",
                  wide ? "[--w:36rem]" : "[--w:26rem]",
                ),
          )}
        >
          <header className="flex items-start gap-3 px-5 pt-4 pb-2">
            <div className="min-w-0 flex-1">
              <Base.Title className="text-base font-semibold">{title}</Base.Title>
              {description && (
                <Base.Description className="mt-0.5 text-quiet">{description}</Base.Description>
              )}
            </div>
            <Base.Close
              render={<IconButton label={i18n._("Close")} icon={<X size={16} />} className="-mr-2" />}
            />
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto px-5 pt-1 pb-4">{children}</div>
          {footer && (
            <footer className="flex justify-end gap-2 border-t border-line px-5 py-3">{footer}</footer>
          )}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
