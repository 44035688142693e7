import { Suspense, useState } from "react";

import { useAction } from "@/keyboard/useAction";
import { lazily } from "@/ui/lazily";

import { useRecentNoted } from "./recent";

const Palette = lazily(async () => ({ default: (await import("./Palette")).Palette }));
const KeySheet = lazily(async () => ({ default: (await import("./KeySheet")).KeySheet }));

/** Offers the command palette and the key sheet everywhere; both load when they are first wanted. */
export function Commands() {
  const [open, setOpen] = useState<"palette" | "keys" | null>(null);
  useRecentNoted();
  useAction("palette", () => setOpen("palette"));
  useAction("help", () => setOpen("keys"));
  const close = () => setOpen(null);
  return (
    <Suspense>
      {open === "palette" && <Palette close={close} />}
      {open === "keys" && <KeySheet close={close} />}
    </Suspense>
  );
}
