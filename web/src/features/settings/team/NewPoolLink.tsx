import { Link } from "@tanstack/react-router";
import { i18n } from "@lingui/core";
import { Plus } from "lucide-react";

import { NEW } from "./newPool";

/** Looks like a button, and is a link: it has an address. */
export function NewPoolLink() {
  return (
    <Link
      to="/settings/$"
      params={{ _splat: `team/pools/${NEW}` }}
      className="inline-flex h-8 shrink-0 items-center gap-1.5 rounded-lg bg-accent px-3 text-[0.8125rem] font-medium text-on-accent hover:bg-accent-hover"
    >
      <Plus size={15} aria-hidden="true" />
      {i18n._("New pool")}
    </Link>
  );
}
