import { i18n } from "@lingui/core";
import { Monitor, Moon, Sun } from "lucide-react";
import { useEffect, useRef } from "react";

import { LOCALES, speak, type Locale } from "@/i18n";
import { say } from "@/ui/status";
import { Select } from "@/ui/Select";

import { Card, Row, Rows } from "../parts/Card";
import { Effect } from "../parts/Effect";
import { OneOf } from "../parts/OneOf";
import { sentence, useChangePreferences, useMe } from "../queries";

// Another language renders the whole page anew; the focus then returns to where it was.
let isReturning = false;

/** Language and theme: both at once, everywhere this person is signed in. */
export function Appearance() {
  const { preferences } = useMe();
  const change = useChangePreferences();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!isReturning) return;
    isReturning = false;
    place.current?.querySelector("button")?.focus();
  }, []);
  const setLocale = (locale: Locale) =>
    change.mutate(
      { locale },
      {
        onSuccess: () => {
          isReturning = true;
          void speak(locale).then(() => say(i18n._("Saved"), { tone: "good" }));
        },
      },
    );
  return (
    <Card
      title={i18n._("Language and theme")}
      foot={<Effect when={i18n._("Takes effect at once here, and elsewhere when you next open Dibs.")} />}
    >
      <Rows>
        <Row label={i18n._("Language")} hint={i18n._("Of the app. What customers read is never translated.")}>
          <div ref={place}>
            <Select
              label={i18n._("Language")}
              value={preferences.locale}
              onChange={setLocale}
              options={Object.entries(LOCALES).map(([value, label]) => ({ value: value as Locale, label }))}
              className="w-40"
            />
          </div>
        </Row>
        <div>
          <p className="mb-2 font-medium">{i18n._("Theme")}</p>
          <OneOf
            label={i18n._("Theme")}
            value={preferences.theme}
            onChange={(theme) => change.mutate({ theme })}
            options={[
              { value: "light", label: i18n._("Light"), icon: <Sun size={17} /> },
              { value: "dark", label: i18n._("Dark"), icon: <Moon size={17} /> },
              { value: "system", label: i18n._("As the system"), icon: <Monitor size={17} /> },
            ]}
          />
        </div>
      </Rows>
      {change.error && <p className="text-xs font-medium text-bad">{sentence(change.error)}</p>}
    </Card>
  );
}
