import { Dialog } from "@base-ui/react/dialog";
import { i18n } from "@lingui/core";

import { SidebarContent } from "./Sidebar";

/** The sidebar as a sheet from the left edge. */
export function MenuSheet({
  open,
  onOpenChange,
  returnFocus,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  returnFocus: () => HTMLElement | null;
}) {
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-black/40 transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Dialog.Popup
          finalFocus={returnFocus}
          className="fixed inset-y-0 left-0 z-50 flex w-[min(17rem,calc(100vw-3rem))] flex-col bg-sunken shadow-2xl transition-transform outline-none data-ending-style:-translate-x-full data-starting-style:-translate-x-full"
        >
          <Dialog.Title className="sr-only">{i18n._("Views and more")}</Dialog.Title>
          <SidebarContent onChosen={() => onOpenChange(false)} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
