import { i18n } from "@lingui/core";
import { Braces, Download, Table } from "lucide-react";
import { useState } from "react";

import { download, withQuery } from "@/api/download";
import { Button } from "@/ui/Button";
import { failureText } from "@/ui/Failed";
import { Menu, MenuItem } from "@/ui/Menu";
import { say } from "@/ui/status";

import { asked, type AuditSearch } from "./search";

/** Everything that matches the filters, as a file. */
export function AuditExport({ search }: { search: AuditSearch }) {
  const [isBusy, setBusy] = useState(false);
  const save = async (accept: string, name: string) => {
    setBusy(true);
    try {
      await download(withQuery("/v1/audit", asked(search)), accept, name);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      say(i18n._("Not exported: {why}", { why: failureText(error) }), { tone: "bad" });
    } finally {
      setBusy(false);
    }
  };
  const hint =
    Object.keys(search).length > 0 ? i18n._("What matches the filters") : i18n._("The whole audit");
  return (
    <Menu
      align="end"
      trigger={
        <Button icon={<Download size={14} />} disabled={isBusy}>
          {isBusy ? i18n._("Exporting…") : i18n._("Export")}
        </Button>
      }
    >
      <MenuItem icon={<Table size={14} />} hint={hint} onClick={() => void save("text/csv", "audit.csv")}>
        {i18n._("CSV, for spreadsheets")}
      </MenuItem>
      <MenuItem
        icon={<Braces size={14} />}
        hint={hint}
        onClick={() => void save("application/x-ndjson", "audit.jsonl")}
      >
        {i18n._("JSONL, for programs")}
      </MenuItem>
    </Menu>
  );
}
