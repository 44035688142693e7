import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { i18n } from "@lingui/core";

import { settingsQuery } from "@/api/queries";
import { number } from "@/ui/numbers";

import { AuditExport } from "./AuditExport";
import { AuditFilters } from "./AuditFilters";
import { AuditRows } from "./AuditRows";
import { useAuditSearch } from "./useAuditSearch";
import { VerifyCard } from "./VerifyCard";

/** Workspace Settings > Audit: who changed what, through what and why; searched, exported, verified. */
export function AuditPage() {
  const [search] = useAuditSearch();
  return (
    <div className="mx-auto w-full max-w-5xl space-y-5 px-4 pt-5 pb-16 sm:px-8 md:pt-9">
      <header className="flex flex-wrap items-start justify-between gap-x-4 gap-y-3">
        <div className="min-w-0 flex-1 basis-72">
          <h1 tabIndex={-1} className="text-xl font-semibold tracking-tight outline-none">
            {i18n._("Audit")}
          </h1>
          <p className="mt-1 text-quiet">
            {i18n._(
              "Every change, who made it, through what and why. Nothing here can be edited or deleted by hand.",
            )}
          </p>
          <Retention />
        </div>
        <AuditExport search={search} />
      </header>
      <VerifyCard />
      <AuditFilters />
      <AuditRows search={search} />
    </div>
  );
}

function Retention() {
  const { data: settings } = useQuery(settingsQuery);
  if (settings === undefined) return null;
  const days = settings.audit_retention_days;
  return (
    <p className="mt-1 text-[0.8125rem] text-quiet">
      {i18n._(
        "Rows are kept for {days, plural, one {# day} other {{shown} days}}, then purged; the rest still verifies.",
        { days, shown: number(days) },
      )}{" "}
      <Link
        to="/settings/$"
        params={{ _splat: "workspace/general" }}
        className="font-medium text-accent-ink underline underline-offset-2"
      >
        {i18n._("Change how long")}
      </Link>
    </p>
  );
}
