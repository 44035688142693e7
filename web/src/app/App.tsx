import { CSPProvider } from "@base-ui/react/csp-provider";
import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { useSyncExternalStore } from "react";

import { useLate } from "@/ui/late";
import { StatusRegion } from "@/ui/StatusRegion";

import { queryClient } from "./queryClient";
import { tips } from "./rest";
import { router } from "./router";

/** Everything around the pages. Another language renders all of it anew: texts are read while rendering. */
export function App() {
  const locale = useSyncExternalStore(
    (listener) => i18n.on("change", listener),
    () => i18n.locale,
  );
  return (
    <CSPProvider disableStyleElements>
      <I18nProvider i18n={i18n} key={locale}>
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
          <StatusRegion />
          <Tips />
        </QueryClientProvider>
      </I18nProvider>
    </CSPProvider>
  );
}

function Tips() {
  const TipLayer = useLate(tips)?.TipLayer;
  return TipLayer && <TipLayer />;
}
