import { useState, type ReactElement, type ReactNode } from "react";

import { cx } from "./cx";
import { useLate } from "./late";
import { popups } from "./popups";
import { TriggerToCome, useHandedFocus } from "./TriggerToCome";

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
  const Base = useLate(popups)?.Popover;
  const [isWanted, setWanted] = useState(false);
  const [onFocused, takeFocus] = useHandedFocus();
  if (Base === undefined)
    return (
      <TriggerToCome
        trigger={trigger}
        popup="dialog"
        onFocused={onFocused}
        onWanted={open === undefined ? setWanted : (onOpenChange ?? setWanted)}
      />
    );
  return (
    <Base.Root
      modal={modal}
      {...(open === undefined ? { defaultOpen: isWanted } : { open })}
      {...(onOpenChange && { onOpenChange })}
    >
      <Base.Trigger ref={takeFocus} render={trigger} />
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
