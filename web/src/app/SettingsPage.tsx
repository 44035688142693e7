import { SettingsPages } from "@/features/settings/SettingsPages";
import { AuditPage } from "@/features/audit/AuditPage";

/** All settings; the audit is a feature of its own that has its place here. */
export function SettingsPage() {
  return <SettingsPages audit={<AuditPage />} />;
}
