import type { ReactNode } from "react";

export function SettingsPages({ audit }: { audit: ReactNode }) {
  return audit;
}
