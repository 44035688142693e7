import { Link } from "@tanstack/react-router";
import { i18n } from "@lingui/core";
import { ChartNoAxesColumn } from "lucide-react";

import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";

import { useAnalyticsSearch } from "./useAnalyticsSearch";

/** Nobody claimed anything: says where to find something. */
export function NothingInPeriod() {
  const [search, change] = useAnalyticsSearch();
  const isLongest = search.window === "30d";
  return (
    <div className="rounded-xl border border-line bg-surface py-10">
      <EmptyState
        icon={<ChartNoAxesColumn size={20} />}
        title={i18n._("Nothing was claimed in this period.")}
      >
        <p>{i18n._("Figures appear here as soon as conversations are claimed.")}</p>
        {isLongest ? (
          <Link
            to="/inbox/$view"
            params={{ view: "unclaimed" }}
            className="font-medium text-accent-ink underline underline-offset-2"
          >
            {i18n._("See what is unclaimed")}
          </Link>
        ) : (
          <Button onClick={() => change({ window: "30d", from: undefined, to: undefined })}>
            {i18n._("Show 30 days")}
          </Button>
        )}
      </EmptyState>
    </div>
  );
}
