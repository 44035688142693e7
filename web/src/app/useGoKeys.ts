import { useNavigate } from "@tanstack/react-router";

import { useClaimNext } from "@/features/inbox/useClaimNext";
import type { View } from "@/features/inbox/views";
import { useAction } from "@/keyboard/useAction";

/** Keys that lead to the inbox from everywhere. */
export function useGoKeys(): void {
  const navigate = useNavigate();
  const go = (view: View) => void navigate({ to: "/inbox/$view", params: { view }, search: {} });
  useAction("go-mine", () => go("mine"));
  useAction("go-unclaimed", () => go("unclaimed"));
  useAction("go-all", () => go("all"));
  useAction("claim-next", useClaimNext());
}
