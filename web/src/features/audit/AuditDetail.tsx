import { Link } from "@tanstack/react-router";
import { i18n } from "@lingui/core";
import type { ReactNode } from "react";

import { NOTHING } from "@/ui/numbers";

import { ChangesTable } from "./ChangesTable";
import { changes } from "./diff";
import type { AuditRow } from "./queries";
import { viaName } from "./viaNames";

/** One row in full: what changed, and everything that is known of how. */
export function AuditDetail({ row }: { row: AuditRow }) {
  const { actor, conversation_id } = row;
  return (
    <div className="space-y-3 rounded-lg bg-sunken p-3">
      <ChangesTable changes={changes(row.before, row.after)} />
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-xs sm:grid-cols-[auto_minmax(0,1fr)_auto_minmax(0,1fr)]">
        <Fact name={i18n._("Who")}>
          {actor.name} <Code>{actor.id}</Code>
        </Fact>
        <Fact name={i18n._("Through")}>{viaName(actor.via)}</Fact>
        <Fact name={i18n._("Reason")}>{row.reason ?? NOTHING}</Fact>
        <Fact name={i18n._("IP address")}>
          <Code>{row.ip}</Code>
        </Fact>
        <Fact name={i18n._("About")}>
          {conversation_id === null ? (
            <Code>{row.target}</Code>
          ) : (
            <Link
              to="/conversations/$conversationId"
              params={{ conversationId: conversation_id }}
              className="text-accent-ink underline underline-offset-2"
            >
              <Code>{conversation_id}</Code>
            </Link>
          )}
        </Fact>
        <Fact name={i18n._("Action")}>
          <Code>{row.action}</Code>
        </Fact>
        <Fact name={i18n._("Request")}>
          <Code>{row.request_id}</Code>
        </Fact>
        <Fact name={i18n._("Row")}>
          <Code>{row.id}</Code>
        </Fact>
        <Fact name={i18n._("Hash")}>
          <Code>{row.hash}</Code>
        </Fact>
      </dl>
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-quiet">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  );
}

/** What machines read: ids, addresses, hashes. */
function Code({ children }: { children: string | null }) {
  return <span className="font-mono break-all">{children ?? NOTHING}</span>;
}
