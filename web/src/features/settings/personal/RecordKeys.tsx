import { i18n } from "@lingui/core";
import { useState, type KeyboardEvent } from "react";

import { actionLabel, type ActionId } from "@/keyboard/actions";
import { keysText, strokeOf } from "@/keyboard/keys";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";

import { conflicts, isReserved, isSilent, recorded, type Conflict, type Keymap } from "./keyConflicts";

/** Records the keys for an action: press them, Enter accepts, Esc leaves all as it was. */
export function RecordKeys({
  action,
  map,
  onSave,
  onClose,
}: {
  action: ActionId;
  map: Keymap;
  onSave: (keys: string | null, inTheWay: Conflict[]) => void;
  onClose: () => void;
}) {
  const [keys, setKeys] = useState<string | null>(null);
  const inTheWay = keys === null ? [] : conflicts(map, action, keys);
  const isTaken = keys !== null && isReserved(keys);
  const canSave = keys !== null && !isTaken;
  const save = () => canSave && onSave(keys, inTheWay);
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const { nativeEvent } = event;
    if (isSilent(event.key) || event.key === "Tab" || event.key === "Escape") return;
    // Nothing else may hear these keys, the app's own listener least of all.
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Enter" && !event.ctrlKey && !event.metaKey && !event.altKey) save();
    else if (event.key === "Backspace" && keys !== null) setKeys(null);
    else setKeys(recorded(keys, strokeOf(nativeEvent)));
  };
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={i18n._("Keys for {action}", { action: actionLabel(action) })}
      description={i18n._(
        "Press one key, two after the other, or one with Ctrl or Alt. Enter accepts, Esc cancels.",
      )}
      footer={
        <>
          <Button look="quiet" onClick={() => onSave(null, [])} className="mr-auto">
            {i18n._("Use no key")}
          </Button>
          <Button onClick={onClose}>{i18n._("Cancel")}</Button>
          <Button look="primary" disabled={!canSave} onClick={save}>
            {inTheWay.length > 0 ? i18n._("Use them here") : i18n._("Use these keys")}
          </Button>
        </>
      }
    >
      <input
        readOnly
        // The dialog was opened to press a key.
        // eslint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        aria-label={i18n._("Press the keys for {action}", { action: actionLabel(action) })}
        aria-describedby="keys-trouble"
        value={keys === null ? "" : keysText(keys)}
        placeholder={i18n._("Press a key…")}
        onKeyDown={onKeyDown}
        className="h-16 w-full rounded-xl border border-line-strong bg-sunken text-center text-xl font-semibold placeholder:text-sm placeholder:font-normal placeholder:text-quiet"
      />
      <div id="keys-trouble" aria-live="polite" className="mt-3 min-h-10 text-[0.8125rem]">
        {isTaken && (
          <p className="font-medium text-bad">{i18n._("The browser or the page needs these keys.")}</p>
        )}
        {!isTaken && inTheWay.length > 0 && <Trouble inTheWay={inTheWay} />}
      </div>
    </Dialog>
  );
}

function Trouble({ inTheWay }: { inTheWay: readonly Conflict[] }) {
  const names = new Intl.ListFormat(i18n.locale).format(inTheWay.map((each) => actionLabel(each.with)));
  const isSame = inTheWay.some((each) => each.kind === "same");
  return (
    <p className="rounded-lg bg-warn-soft px-3 py-2 text-warn">
      {isSame
        ? i18n._("These keys are taken: {names}. If you use them here, that is left without keys.", { names })
        : i18n._("These keys collide with {names}. If you use them here, that is left without keys.", {
            names,
          })}
    </p>
  );
}
