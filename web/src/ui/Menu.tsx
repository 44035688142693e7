import { useState, type ReactElement, type ReactNode } from "react";

import type { ActionId } from "@/keyboard/actions";

import { cx } from "./cx";
import { Keys } from "./Keys";
import { useLate } from "./late";
import { popups } from "./popups";
import { TriggerToCome, useHandedFocus } from "./TriggerToCome";

const POPUP =
  "bg-raised border-line max-h-[min(26rem,var(--available-height))] min-w-48 overflow-y-auto rounded-xl border p-1 shadow-xl outline-none";

/** A menu that opens from `trigger`, with MenuItems in it. */
export function Menu({
  trigger,
  children,
  align = "start",
}: {
  trigger: ReactElement;
  children: ReactNode;
  align?: "start" | "end";
}) {
  const Base = useLate(popups)?.Menu;
  const [isWanted, setWanted] = useState(false);
  const [onFocused, takeFocus] = useHandedFocus();
  if (Base === undefined)
    return <TriggerToCome trigger={trigger} popup="menu" onFocused={onFocused} onWanted={setWanted} />;
  return (
    <Base.Root defaultOpen={isWanted}>
      <Base.Trigger ref={takeFocus} render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={4} align={align} className="z-50">
          <Base.Popup className={POPUP}>{children}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

export interface MenuItemProps {
  onClick: () => void;
  icon?: ReactNode;
  action?: ActionId;
  disabled?: boolean;
  danger?: boolean;
  /** A second line: why, or what it does. */
  hint?: string;
  children: ReactNode;
}

export function MenuItem({ onClick, icon, action, disabled, danger, hint, children }: MenuItemProps) {
  const Base = useLate(popups)?.Menu;
  if (Base === undefined) return null;
  return (
    <Base.Item
      onClick={onClick}
      disabled={disabled ?? false}
      className={cx(
        "flex min-h-8 items-center gap-2 rounded-lg px-2 py-1 text-[0.8125rem] outline-none select-none data-disabled:opacity-55 data-highlighted:bg-hover",
        danger && "text-bad",
      )}
    >
      {icon && <span className="text-quiet">{icon}</span>}
      <span className="min-w-0 flex-1">
        {children}
        {hint && <span className="block text-xs text-quiet">{hint}</span>}
      </span>
      {action && <Keys action={action} />}
    </Base.Item>
  );
}

export function MenuLine() {
  const Base = useLate(popups)?.Menu;
  return Base && <Base.Separator className="my-1 h-px bg-line" />;
}

export function MenuHeading({ children }: { children: ReactNode }) {
  return <div className="px-2 pt-1.5 pb-1 text-xs font-medium text-quiet">{children}</div>;
}
