import { i18n } from "@lingui/core";
import { Braces, Download, Table } from "lucide-react";
import { useState } from "react";

import { download, withQuery } from "@/api/download";
import { Button } from "@/ui/Button";
import { failureText } from "@/ui/Failed";
import { Menu, MenuItem } from "@/ui/Menu";
import { say } from "@/ui/status";

import type { Period } from "./periods";
import type { Time } from "./queries";

/** The figures as a file, as the server writes them. */
export function ExportMenu({ period, time }: { period: Period; time: Time }) {
  const [isBusy, setBusy] = useState(false);
  const save = async (accept: string, ending: string) => {
    setBusy(true);
    try {
      const name = `agent-performance-${Object.values(period).join("-")}.${ending}`;
      await download(withQuery("/v1/analytics/agents", { ...period, time }), accept, name);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      say(i18n._("Not exported: {why}", { why: failureText(error) }), { tone: "bad" });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Menu
      align="end"
      trigger={
        <Button icon={<Download size={14} />} disabled={isBusy}>
          {isBusy ? i18n._("Exporting…") : i18n._("Export")}
        </Button>
      }
    >
      <MenuItem icon={<Table size={14} />} onClick={() => void save("text/csv", "csv")}>
        {i18n._("CSV, for spreadsheets")}
      </MenuItem>
      <MenuItem icon={<Braces size={14} />} onClick={() => void save("application/json", "json")}>
        {i18n._("JSON, for programs")}
      </MenuItem>
    </Menu>
  );
}
