import { Popover as Base } from "@base-ui/react/popover";
import type { ReactElement, ReactNode } from "react";

import { cx } from "./cx";

export interface PopoverProps {
  trigger: ReactElement;
  title: string;
  children: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  align?: "start" | "center" | "end";
  /** What lies behind rests while it is open: for panels that cover much of it. */
  modal?: boolean;
  className?: string;
}

/** A panel that opens from `trigger`; `title` is read aloud. */
export function Popover({
  trigger,
  title,
  children,
  open,
  onOpenChange,
  align = "start",
  modal = false,
  className,
}: PopoverProps) {
  return (
    <Base.Root modal={modal} {...(open !== undefined && { open })} {...(onOpenChange && { onOpenChange })}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={4} align={align} collisionPadding={8} className="z-50">
          <Base.Popup
            aria-label={title}
            className={cx(
              "flex max-h-[min(32rem,var(--available-height))] w-72 max-w-[calc(100vw-1rem)] flex-col overflow-hidden rounded-xl border border-line bg-raised shadow-xl outline-none",
              className,
            )}
          >
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
