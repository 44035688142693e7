import { i18n } from "@lingui/core";

/** Through what something was done. */
export function viaName(via: string): string {
  const names: Record<string, string> = {
    ui: i18n._("App"),
    api: "API",
    slack: "Slack",
    email: i18n._("Email"),
    cli: i18n._("Command line"),
    rule: i18n._("Rule"),
    timer: i18n._("Timer"),
  };
  return names[via] ?? via;
}
