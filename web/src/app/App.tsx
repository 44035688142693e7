import { CSPProvider } from "@base-ui/react/csp-provider";
import { Tooltip } from "@base-ui/react/tooltip";
import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";

import { StatusRegion } from "@/ui/StatusRegion";

import { queryClient } from "./queryClient";
import { router } from "./router";

/** Everything around the pages. */
export function App() {
  return (
    <CSPProvider disableStyleElements>
      <I18nProvider i18n={i18n}>
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
