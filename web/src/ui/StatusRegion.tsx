import { i18n } from "@lingui/core";
import { X } from "lucide-react";
import { useSyncExternalStore } from "react";

import { useAction } from "@/keyboard/useAction";

import { Button } from "./Button";
import { cx } from "./cx";
import { IconButton } from "./IconButton";
import { allSaid, onSaid, undoable, unsay, type Said } from "./status";

/** The one place where results are shown and spoken. Mounted once, always there. */
export function StatusRegion() {
  const said = useSyncExternalStore(onSaid, allSaid);
  useAction(
    "undo",
    () => take(undoable()),
    said.some((each) => each.undo !== undefined),
  );
  return (
    <div className="pointer-events-none fixed z-50 flex w-max max-w-[calc(100vw-2rem)] flex-col gap-2 max-lg:top-3 max-lg:left-1/2 max-lg:-translate-x-1/2 lg:bottom-4 lg:left-60 lg:max-w-80">
      {/* Each is spoken as it comes, also when two come at once; nothing is spoken again when one goes. */}
      <div role="status" aria-live="polite" aria-atomic="false" className="sr-only">
        <Texts of={said.filter((each) => !each.isAlert)} />
      </div>
      <div role="alert" aria-atomic="false" className="sr-only">
        <Texts of={said.filter((each) => each.isAlert)} />
      </div>
      {said.map((each) => (
        <div
          key={each.id}
          className={cx(
            "pointer-events-auto flex items-center gap-3 rounded-xl border border-line bg-raised py-2 pr-2 pl-4 shadow-xl",
            each.tone === "bad" && "border-bad text-bad",
          )}
        >
          <span aria-hidden="true">{each.text}</span>
          {each.undo && (
            <Button small action="undo" onClick={() => take(each)}>
              {i18n._("Undo")}
            </Button>
          )}
          {each.act && (
            <Button
              small
              onClick={() => {
                unsay(each.id);
                each.act?.run();
              }}
            >
              {each.act.label}
            </Button>
          )}
          <IconButton
            label={i18n._("Dismiss")}
            icon={<X size={14} />}
            className="size-6"
            onClick={() => unsay(each.id)}
          />
        </div>
      ))}
    </div>
  );
}

function Texts({ of }: { of: readonly Said[] }) {
  return of.map((each) => <p key={each.id}>{each.text}</p>);
}

function take(said: Said | undefined): void {
  if (said === undefined) return;
  unsay(said.id);
  said.undo?.();
}
