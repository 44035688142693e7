import { i18n } from "@lingui/core";
import { RotateCw } from "lucide-react";

import { Button } from "./Button";

/** In place of a part of the app that did not come: after an upgrade its file may be gone from the server. */
export function NotLoaded() {
  return (
    <div
      role="alert"
      className="m-3 flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg border border-line-strong bg-surface p-3 text-[0.8125rem]"
    >
      <p className="min-w-0 flex-1 basis-48">
        {i18n._(
          "This part of Dibs could not be loaded; there may be a newer version. Reload the page: your drafts are safe.",
        )}
      </p>
      <Button small icon={<RotateCw size={14} aria-hidden="true" />} onClick={() => location.reload()}>
        {i18n._("Reload")}
      </Button>
    </div>
  );
}
