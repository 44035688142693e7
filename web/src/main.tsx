import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { App } from "@/app/App";
import { dress } from "@/app/theme";
import { browsersLocale, speak } from "@/i18n";

import "@/app/styles.css";

dress("system");
const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");
// Without a catalogue nothing can be said; it is small and comes from the same place as this file.
await speak(browsersLocale());
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
