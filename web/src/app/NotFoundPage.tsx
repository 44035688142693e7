import { i18n } from "@lingui/core";
import { Link } from "@tanstack/react-router";
import { Compass } from "lucide-react";

import { EmptyState } from "@/ui/EmptyState";

export function NotFoundPage() {
  return (
    <main className="h-full">
      <EmptyState isPage icon={<Compass size={20} />} title={i18n._("There is no page at this address.")}>
        <Link to="/" className="font-medium text-accent-ink underline">
          {i18n._("Go to your inbox")}
        </Link>
      </EmptyState>
    </main>
  );
}
