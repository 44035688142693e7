import { Combobox } from "@base-ui/react/combobox";
import { i18n } from "@lingui/core";
import { ChevronsUpDown } from "lucide-react";

import { ComboboxPopup } from "../parts/ComboboxPopup";
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
      <ComboboxPopup empty={i18n._("No such time zone.")} nameOf={zoneName} />
    </Combobox.Root>
  );
}
