import { i18n } from "@lingui/core";
import { useId } from "react";

import { Card, Row, Rows } from "../parts/Card";
import { Effect } from "../parts/Effect";
import { languageOptions } from "@/ui/languages";
import { Page } from "../parts/Page";
import { ReadOnly } from "../parts/ReadOnly";
import { SaveBar } from "@/ui/SaveBar";
import { Words } from "../parts/Words";
import { useMe } from "../queries";
import { AmountRow } from "./AmountRow";
import { SettingSwitch } from "./SettingSwitch";
import { TimeZone } from "./TimeZone";
import { useSettingsForm, useSettingSwitch } from "./useSettings";

/** Workspace Settings > General. */
export function GeneralPage() {
  const { workspace } = useMe();
  const { draft, isReadOnly } = useSettingsForm();
  const showName = useSettingSwitch("show_agent_name");
  const zone = useId();
  const days = draft.value.audit_retention_days;
  const noLanguage = draft.value.languages.length === 0;
  const languageError = noLanguage ? i18n._("Choose at least one.") : draft.errorOf("languages");
  return (
    <Page title={i18n._("General")} intro={i18n._("What holds for all of {name}.", { name: workspace.name })}>
      <ReadOnly />
      <Card title={i18n._("Languages and time")} foot={<Effect settings={["languages", "time_zone"]} />}>
        <Rows>
          <div>
            <p className="font-medium">{i18n._("Workspace languages")}</p>
            <p className="mt-0.5 mb-2 text-[0.8125rem] text-quiet">
              {i18n._("Customers' languages are detected among these, from their own words.")}
            </p>
            <Words
              label={i18n._("Workspace languages")}
              value={draft.value.languages}
              onChange={(languages) => draft.set("languages", languages)}
              options={languageOptions()}
              disabled={isReadOnly}
            />
            {languageError !== undefined && (
              <p role="alert" className="mt-1 text-xs font-medium text-bad">
                {languageError}
              </p>
            )}
          </div>
          <Row
            label={i18n._("Time zone")}
            labelFor={zone}
            hint={
              <>
                {i18n._("Of business hours and of the days in reports.")}
                {draft.errorOf("time_zone") !== undefined && (
                  <span role="alert" className="block text-xs font-medium text-bad">
                    {draft.errorOf("time_zone")}
                  </span>
                )}
              </>
            }
          >
            <TimeZone
              id={zone}
              value={draft.value.time_zone}
              onChange={(name) => draft.set("time_zone", name)}
              disabled={isReadOnly}
            />
          </Row>
        </Rows>
      </Card>
      <Card
        title={i18n._("What customers see")}
        foot={<Effect when={i18n._("Takes effect with the next message.")} settings={["show_agent_name"]} />}
      >
        <SettingSwitch
          setting={showName}
          label={i18n._("Show agents' names to customers")}
          hint={i18n._("Otherwise replies come from {name}. Who claimed a conversation is never shown.", {
            name: workspace.name,
          })}
        />
      </Card>
      <Card
        title={i18n._("Audit")}
        foot={<Effect when={i18n._("Takes effect within the hour.")} settings={["audit_retention_days"]} />}
      >
        <Rows>
          <AmountRow
            draft={draft}
            name="audit_retention_days"
            label={i18n._("Keep the audit for")}
            hint={i18n._("Older rows are removed for good. The chain of the rest can still be verified.")}
            unit={i18n._("{count, plural, one {day} other {days}}", { count: days })}
            max={36_500}
            disabled={isReadOnly}
          />
        </Rows>
      </Card>
      <SaveBar draft={draft} disabled={noLanguage} />
    </Page>
  );
}
