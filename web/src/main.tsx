import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { App } from "@/app/App";
import { dress } from "@/app/theme";
import { reloadAfterUpgrades } from "@/app/upgrade";
import { browsersLocale, speak } from "@/i18n";

import "@/app/styles.css";

reloadAfterUpgrades();
dress("system");
const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");
const app = createRoot(root);
// Without a catalogue nothing can be said; it is small and comes from the same place as this file. Not awaited at the
// top: that would forbid the build to put into one file what the first screen needs.
void speak(browsersLocale()).then(() => {
  app.render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
});
