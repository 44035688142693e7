import type { Preferences } from "@/api/types";

const dark = window.matchMedia("(prefers-color-scheme: dark)");
let wanted: Preferences["theme"] = "system";

/** Light, dark, or as the system has it, also when that changes. */
export function dress(theme: Preferences["theme"]): void {
  wanted = theme;
  const isDark = wanted === "dark" || (wanted === "system" && dark.matches);
  document.documentElement.dataset["theme"] = isDark ? "dark" : "light";
}

dark.addEventListener("change", () => dress(wanted));
