import { Autocomplete } from "@base-ui/react/autocomplete";
import { Dialog } from "@base-ui/react/dialog";
import { i18n } from "@lingui/core";
import { Search } from "lucide-react";
import { useRef, useState } from "react";

import { strokeOf } from "@/keyboard/keys";
import { keysOf } from "@/keyboard/dispatch";
import { Keys } from "@/ui/Keys";

import { found } from "./found";
import { useEntries, type Entry, type EntryGroup } from "./useEntries";

/** Everything by name: type, arrows, Enter. What is chosen runs once the palette is gone and the focus is back. */
export function Palette({ close }: { close: () => void }) {
  const [isOpen, setOpen] = useState(true);
  const [typed, setTyped] = useState("");
  const chosen = useRef<Entry>(undefined);
  const groups = found(useEntries(), typed);
  const choose = (entry: Entry) => {
    chosen.current = entry;
    setOpen(false);
  };
  return (
    <Dialog.Root
      open={isOpen}
      onOpenChange={setOpen}
      onOpenChangeComplete={(stillOpen) => {
        if (stillOpen) return;
        close();
        chosen.current?.run();
      }}
    >
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-black/40 data-ending-style:opacity-0" />
        <Dialog.Popup
          aria-label={i18n._("Command palette")}
          className="fixed top-[12dvh] left-1/2 z-50 flex max-h-[min(32rem,76dvh)] w-[min(100vw-1rem,36rem)] -translate-x-1/2 flex-col overflow-hidden rounded-2xl border border-line bg-raised shadow-2xl outline-none"
          onKeyDown={(event) => {
            if (strokeOf(event.nativeEvent) !== keysOf("palette")) return;
            event.preventDefault();
            setOpen(false);
          }}
        >
          <Autocomplete.Root
            open
            inline
            autoHighlight="always"
            keepHighlight
            filter={null}
            items={groups}
            itemToStringValue={(entry: Entry) => entry.label}
            value={typed}
            onValueChange={(value, details) => details.reason !== "item-press" && setTyped(value)}
          >
            <div className="flex items-center gap-2.5 border-b border-line px-4">
              <Search size={16} aria-hidden="true" className="text-quiet" />
              <Autocomplete.Input
                aria-label={i18n._("Search actions, views, conversations and settings")}
                placeholder={i18n._("What do you want to do?")}
                className="h-12 min-w-0 flex-1 bg-transparent text-[0.9375rem] outline-none"
              />
              <kbd className="rounded border border-line px-1.5 font-sans text-xs text-quiet">
                {i18n._("Esc")}
              </kbd>
            </div>
            <Autocomplete.Empty>
              <p className="px-4 py-10 text-center text-quiet">
                {i18n._("Nothing is called that. Try another word.")}
              </p>
            </Autocomplete.Empty>
            <Autocomplete.List
              aria-label={i18n._("Results")}
              className="min-h-0 flex-1 scroll-py-2 overflow-y-auto p-2 empty:hidden"
            >
              {(group: EntryGroup) => (
                <Autocomplete.Group key={group.id} items={group.items} className="not-last:mb-2">
                  <Autocomplete.GroupLabel className="px-2 py-1 text-xs font-medium text-quiet">
                    {group.label}
                  </Autocomplete.GroupLabel>
                  <Autocomplete.Collection>
                    {(entry: Entry) => <Line key={entry.id} entry={entry} choose={choose} />}
                  </Autocomplete.Collection>
                </Autocomplete.Group>
              )}
            </Autocomplete.List>
          </Autocomplete.Root>
          <Dialog.Close className="sr-only">{i18n._("Close")}</Dialog.Close>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Line({ entry, choose }: { entry: Entry; choose: (entry: Entry) => void }) {
  const { icon: Icon, label, hint, action, isEnabled } = entry;
  return (
    <Autocomplete.Item
      value={entry}
      disabled={!isEnabled}
      onClick={() => choose(entry)}
      className="flex min-h-9 items-center gap-2.5 rounded-lg px-2 outline-none select-none data-disabled:opacity-55 data-highlighted:bg-hover"
    >
      <Icon size={15} aria-hidden="true" className="shrink-0 text-quiet" />
      <span className="shrink-0 font-medium">{label}</span>
      <span className="min-w-0 flex-1 truncate text-xs text-quiet">{hint}</span>
      {action && <Keys action={action} />}
    </Autocomplete.Item>
  );
}
