import { i18n } from "@lingui/core";
import { RotateCcw } from "lucide-react";
import { useState } from "react";

import { DEFAULT_KEYS, type ActionId } from "@/keyboard/actions";
import { actionGroups } from "@/keyboard/groups";
import { keymap, SINGLE_KEYS } from "@/keyboard/keys";
import { Button } from "@/ui/Button";
import { say } from "@/ui/status";
import { Switch } from "@/ui/Switch";

import { Card, Rows } from "../parts/Card";
import { Effect } from "../parts/Effect";
import { Page } from "../parts/Page";
import { sentence, useChangePreferences, useMe } from "../queries";
import { without, withKeys } from "./keyConflicts";
import { KeyRow } from "./KeyRow";
import { RecordKeys } from "./RecordKeys";

/** Settings > Keyboard. */
export function KeyboardSettings() {
  const { preferences } = useMe();
  const change = useChangePreferences();
  const [recording, setRecording] = useState<ActionId | null>(null);
  const own = preferences.keyboard;
  const map = keymap(preferences);
  // Conflicts are judged by what is stored, also while single keys are switched off.
  const stored = keymap({ ...preferences, keyboard: { ...own, [SINGLE_KEYS]: true } });
  const store = (keyboard: Record<string, string | boolean>) =>
    change.mutate({ keyboard }, { onSuccess: () => say(i18n._("Saved"), { tone: "good" }) });
  const isChanged = (Object.keys(DEFAULT_KEYS) as ActionId[]).some((id) => own[id] !== undefined);
  const resetAll = () => store(own[SINGLE_KEYS] === false ? { [SINGLE_KEYS]: false } : {});
  return (
    <Page
      title={i18n._("Keyboard")}
      intro={i18n._(
        "Keys follow the character, not where it is on the keyboard: every layout works. Only for you.",
      )}
      actions={
        <Button icon={<RotateCcw size={14} />} disabled={!isChanged} onClick={resetAll}>
          {i18n._("Reset all")}
        </Button>
      }
    >
      <Card foot={<Effect when={i18n._("Takes effect at once, in every open window.")} />}>
        <Switch
          label={i18n._("Single keys")}
          hint={i18n._(
            "Actions by one letter, such as C for Claim. Switch them off if you use speech input or press keys by accident; keys with Ctrl or Alt, Enter and Esc stay.",
          )}
          checked={own[SINGLE_KEYS] !== false}
          onChange={(isOn) => {
            const rest = without(own, SINGLE_KEYS);
            store(isOn ? rest : { ...rest, [SINGLE_KEYS]: false });
          }}
        />
        {change.error && <p className="mt-2 text-xs font-medium text-bad">{sentence(change.error)}</p>}
      </Card>
      {actionGroups().map((group) => (
        <Card key={group.id} title={group.label}>
          <Rows>
            {group.actions.map((id) => (
              <KeyRow
                key={id}
                action={id}
                keys={stored.get(id) ?? null}
                isOff={Boolean(stored.get(id)) && map.get(id) === null}
                isChanged={own[id] !== undefined}
                onChange={() => setRecording(id)}
                onReset={() => store(without(own, id))}
              />
            ))}
          </Rows>
        </Card>
      ))}
      {recording !== null && (
        <RecordKeys
          action={recording}
          map={stored}
          onClose={() => setRecording(null)}
          onSave={(keys, inTheWay) => {
            store(withKeys(own, recording, keys, inTheWay));
            setRecording(null);
          }}
        />
      )}
    </Page>
  );
}
