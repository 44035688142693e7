import { i18n } from "@lingui/core";
import { Undo2 } from "lucide-react";

import { actionLabel, DEFAULT_KEYS, type ActionId } from "@/keyboard/actions";
import { keysText } from "@/keyboard/keys";
import { Button } from "@/ui/Button";
import { cx } from "@/ui/cx";
import { IconButton } from "@/ui/IconButton";

/** An action with its keys, which a press on Change records anew. */
export function KeyRow({
  action,
  keys,
  isOff,
  isChanged,
  onChange,
  onReset,
}: {
  action: ActionId;
  keys: string | null;
  /** It has keys, but single keys are switched off. */
  isOff: boolean;
  isChanged: boolean;
  onChange: () => void;
  onReset: () => void;
}) {
  const name = actionLabel(action);
  const usual = DEFAULT_KEYS[action] === "" ? i18n._("No key") : keysText(DEFAULT_KEYS[action]);
  return (
    <div className="flex min-h-12 items-center gap-2 py-1.5!">
      <span className="min-w-0 flex-1 font-medium">{name}</span>
      {isChanged && (
        <IconButton
          label={i18n._("Reset to {keys}", { keys: usual })}
          aria-label={i18n._("Reset {name} to {keys}", { name, keys: usual })}
          icon={<Undo2 size={15} />}
          onClick={onReset}
        />
      )}
      <KeyCaps keys={keys} isOff={isOff} />
      <Button small aria-label={i18n._("Change the keys of {name}", { name })} onClick={onChange}>
        {i18n._("Change")}
      </Button>
    </div>
  );
}

function KeyCaps({ keys, isOff }: { keys: string | null; isOff: boolean }) {
  if (!keys) return <span className="text-[0.8125rem] text-quiet">{i18n._("No key")}</span>;
  return (
    <span className={cx("flex items-center gap-1.5 text-xs", isOff && "text-quiet line-through")}>
      {keys.split(" ").map((stroke, index) => (
        <span key={stroke} className="flex items-center gap-1.5">
          {index > 0 && <span className="text-quiet">{i18n._("then")}</span>}
          <kbd className="inline-flex h-6.5 min-w-6.5 items-center justify-center rounded-md border border-line-strong bg-raised px-1.5 font-sans font-semibold">
            {keysText(stroke)}
          </kbd>
        </span>
      ))}
      {isOff && <span className="sr-only">{i18n._("switched off")}</span>}
    </span>
  );
}
