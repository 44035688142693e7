import { i18n } from "@lingui/core";
import { Menu } from "lucide-react";
import { Suspense, useRef, useState } from "react";

import { IconButton } from "@/ui/IconButton";
import { lazily } from "@/ui/lazily";
import { useIsWide } from "@/ui/media";

const MenuSheet = lazily(async () => ({ default: (await import("./MenuSheet")).MenuSheet }));

/** Where the sidebar has no room it folds away behind this button. */
export function MenuButton() {
  const isWide = useIsWide();
  const button = useRef<HTMLButtonElement>(null);
  // Once opened it stays mounted: it leaves in motion.
  const [open, setOpen] = useState<boolean>();
  if (isWide) return null;
  return (
    <>
      <IconButton
        ref={button}
        label={i18n._("Views and more")}
        icon={<Menu size={18} />}
        aria-haspopup="dialog"
        aria-expanded={open ?? false}
        className="-ml-2"
        onClick={() => setOpen(true)}
      />
      {open !== undefined && (
        <Suspense>
          <MenuSheet open={open} onOpenChange={setOpen} returnFocus={() => button.current} />
        </Suspense>
      )}
    </>
  );
}
