import { CSPProvider } from "@base-ui/react/csp-provider";
import { Tooltip } from "@base-ui/react/tooltip";
import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { useSyncExternalStore } from "react";

import { StatusRegion } from "@/ui/StatusRegion";

import { queryClient } from "./queryClient";
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
          <Tooltip.Provider delay={500}>
            <RouterProvider router={router} />
            <StatusRegion />
          </Tooltip.Provider>
        </QueryClientProvider>
      </I18nProvider>
    </CSPProvider>
  );
}
