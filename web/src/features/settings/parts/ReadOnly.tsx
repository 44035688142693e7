import { i18n } from "@lingui/core";
import { Lock } from "lucide-react";

import { useAdmins, useIsAdmin } from "../queries";

/** Tells who is no admin why nothing can be changed here, and whom to ask. */
export function ReadOnly() {
  const isAdmin = useIsAdmin();
  const admins = useAdmins();
  if (isAdmin) return null;
  const list = new Intl.ListFormat(i18n.locale, { type: "disjunction" });
  const names = list.format(admins.slice(0, 3).map((admin) => admin.name));
  return (
    <p className="flex items-start gap-2.5 rounded-xl border border-line bg-free-soft px-4 py-3 text-[0.8125rem] text-free">
      <Lock size={15} aria-hidden="true" className="mt-0.5 shrink-0" />
      <span>
        {i18n._("You can look, but only admins change these settings.")}{" "}
        {names !== "" && i18n._("Ask {names}.", { names })}
      </span>
    </p>
  );
}
