import { Combobox } from "@base-ui/react/combobox";
import { i18n } from "@lingui/core";
import { Check, ChevronsUpDown } from "lucide-react";

import { zoneName, ZONES } from "./zones";

const MOST_SHOWN = 60;

/** A time zone of the IANA list, found by typing. */
export function TimeZone({
  id,
  value,
  onChange,
  disabled,
}: {
  id: string;
  value: string;
  onChange: (zone: string) => void;
  disabled: boolean;
}) {
  return (
    <Combobox.Root
      items={ZONES}
      value={value}
      onValueChange={(zone) => zone !== null && onChange(zone)}
      itemToStringLabel={zoneName}
      limit={MOST_SHOWN}
      disabled={disabled}
    >
      <div className="relative w-64 max-w-full">
        <Combobox.Input
          id={id}
          className="h-9 w-full rounded-lg border border-line-strong bg-surface pr-8 pl-2.5 data-disabled:opacity-60"
        />
        <Combobox.Trigger
          aria-label={i18n._("Show time zones")}
          className="absolute top-0 right-0 flex size-9 items-center justify-center text-quiet"
        >
          <ChevronsUpDown size={14} />
        </Combobox.Trigger>
      </div>
      <Combobox.Portal>
        <Combobox.Positioner sideOffset={4} className="z-50">
          <Combobox.Popup className="max-h-[min(18rem,var(--available-height))] w-(--anchor-width) overflow-y-auto rounded-xl border border-line bg-raised p-1 shadow-xl outline-none">
            <Combobox.Empty className="px-2 py-1.5 text-[0.8125rem] text-quiet empty:hidden">
              {i18n._("No such time zone.")}
            </Combobox.Empty>
            <Combobox.List>
              {(zone: string) => (
                <Combobox.Item
                  key={zone}
                  value={zone}
                  className="flex min-h-8 items-center gap-2 rounded-lg px-2 text-[0.8125rem] outline-none select-none data-highlighted:bg-hover"
                >
                  <span className="w-4">
                    <Combobox.ItemIndicator>
                      <Check size={14} />
                    </Combobox.ItemIndicator>
                  </span>
                  {zoneName(zone)}
                </Combobox.Item>
              )}
            </Combobox.List>
          </Combobox.Popup>
        </Combobox.Positioner>
      </Combobox.Portal>
    </Combobox.Root>
  );
}
