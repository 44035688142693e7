import { Combobox } from "@base-ui/react/combobox";
import { Check } from "lucide-react";

import { cx } from "@/ui/cx";

/** The list that opens below a combobox while somebody types. */
export function ComboboxPopup({
  empty,
  nameOf,
  className,
}: {
  /** Said when nothing matches. */
  empty: string;
  nameOf: (item: string) => string;
  className?: string;
}) {
  return (
    <Combobox.Portal>
      <Combobox.Positioner sideOffset={4} className="z-50">
        <Combobox.Popup
          className={cx(
            "max-h-[min(18rem,var(--available-height))] w-(--anchor-width) overflow-y-auto rounded-xl border border-line bg-raised p-1 shadow-xl outline-none",
            className,
          )}
        >
          <Combobox.Empty className="px-2 py-1.5 text-[0.8125rem] text-quiet empty:hidden">
            {empty}
          </Combobox.Empty>
          <Combobox.List>
            {(item: string) => (
              <Combobox.Item
                key={item}
                value={item}
                className="flex min-h-8 items-center gap-2 rounded-lg px-2 text-[0.8125rem] outline-none select-none data-highlighted:bg-hover"
              >
                <span className="w-4">
                  <Combobox.ItemIndicator>
                    <Check size={14} />
                  </Combobox.ItemIndicator>
                </span>
                {nameOf(item)}
              </Combobox.Item>
            )}
          </Combobox.List>
        </Combobox.Popup>
      </Combobox.Positioner>
    </Combobox.Portal>
  );
}
