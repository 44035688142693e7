import { i18n } from "@lingui/core";
import { Dialog } from "@base-ui/react/dialog";
import { Menu } from "lucide-react";
import { useState } from "react";

import { IconButton } from "@/ui/IconButton";
import { useIsWide } from "@/ui/media";

import { SidebarContent } from "./Sidebar";

/** Where the sidebar has no room it folds away behind this button. */
export function MenuButton() {
  const isWide = useIsWide();
  const [isOpen, setOpen] = useState(false);
  if (isWide) return null;
  return (
    <Dialog.Root open={isOpen} onOpenChange={setOpen}>
      <Dialog.Trigger
        render={<IconButton label={i18n._("Views and more")} icon={<Menu size={18} />} className="-ml-2" />}
      />
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-black/40 transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Dialog.Popup className="fixed inset-y-0 left-0 z-50 flex w-[min(17rem,calc(100vw-3rem))] flex-col bg-sunken shadow-2xl transition-transform outline-none data-ending-style:-translate-x-full data-starting-style:-translate-x-full">
          <Dialog.Title className="sr-only">{i18n._("Views and more")}</Dialog.Title>
          <SidebarContent onChosen={() => setOpen(false)} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
