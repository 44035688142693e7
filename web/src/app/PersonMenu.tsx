import { i18n } from "@lingui/core";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Check, CircleUserRound, LogOut, Monitor, Moon, Sun } from "lucide-react";

import { api, body } from "@/api/client";
import { meQuery } from "@/api/queries";
import type { Me, Preferences } from "@/api/types";
import { forget } from "@/realtime/store";
import { Avatar } from "@/ui/Avatar";
import { cx } from "@/ui/cx";
import { failureText } from "@/ui/Failed";
import { Menu, MenuHeading, MenuItem, MenuLine } from "@/ui/Menu";
import { say } from "@/ui/status";

import { sendHeartbeat } from "./heartbeat";

const THEMES = { light: Sun, dark: Moon, system: Monitor };

/** Who is signed in: availability, looks, and the way out. */
export function PersonMenu({ me, onChosen }: { me: Me; onChosen?: () => void }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const { agent, preferences } = me;
  const isAway = agent.availability !== "available";
  const keep = (change: Partial<Me>) => {
    client.setQueryData(meQuery.queryKey, (before) => before && { ...before, ...change });
  };
  const fail = (error: Error) => say(failureText(error), { tone: "bad" });
  const appear = (availability: "available" | "away") => {
    sendHeartbeat({ availability }).then((changed) => keep({ agent: changed }), fail);
  };
  const wear = (theme: Preferences["theme"]) => {
    body(api.PATCH("/v1/agents/me/preferences", { body: { theme } as never })).then(
      (changed) => keep({ preferences: changed }),
      fail,
    );
  };
  const leave = () => {
    api.DELETE("/v1/sessions").then(async () => {
      forget();
      client.clear();
      await navigate({ to: "/sign-in", search: {} });
    }, fail);
  };
  return (
    <Menu
      trigger={
        <button
          type="button"
          className="flex h-10 w-full items-center gap-2.5 rounded-lg px-2 text-left hover:bg-hover data-popup-open:bg-hover"
        >
          <span className="relative">
            <Avatar name={agent.name} />
            <span
              className={cx(
                "absolute -right-0.5 -bottom-0.5 size-2.5 rounded-full border-2 border-sunken",
                isAway ? "bg-line-strong" : "bg-mine",
              )}
            />
          </span>
          <span className="min-w-0 flex-1">
            <span className="block truncate text-[0.8125rem] leading-4 font-medium">{agent.name}</span>
            <span className="block text-xs leading-4 text-quiet">{availabilityName(agent.availability)}</span>
          </span>
        </button>
      }
    >
      <MenuItem
        icon={<CircleUserRound size={15} />}
        onClick={() => {
          onChosen?.();
          void navigate({ to: "/settings/$", params: { _splat: "profile" } });
        }}
      >
        {i18n._("Profile")}
      </MenuItem>
      <MenuLine />
      <MenuHeading>{i18n._("Availability")}</MenuHeading>
      {(["available", "away"] as const).map((each) => (
        <MenuItem key={each} icon={<Tick isOn={isAway === (each === "away")} />} onClick={() => appear(each)}>
          {availabilityName(each)}
        </MenuItem>
      ))}
      <MenuLine />
      <MenuHeading>{i18n._("Theme")}</MenuHeading>
      {(["light", "dark", "system"] as const).map((each) => {
        const Icon = THEMES[each];
        return (
          <MenuItem key={each} icon={<Tick isOn={preferences.theme === each} />} onClick={() => wear(each)}>
            <span className="flex items-center justify-between gap-2">
              {themeName(each)}
              <Icon size={14} className="text-quiet" aria-hidden="true" />
            </span>
          </MenuItem>
        );
      })}
      <MenuLine />
      <MenuItem icon={<LogOut size={15} />} onClick={leave}>
        {i18n._("Sign out")}
      </MenuItem>
    </Menu>
  );
}

function Tick({ isOn }: { isOn: boolean }) {
  return (
    <span className="flex size-4">
      {isOn && <Check size={15} aria-label={i18n._("Chosen")} className="text-accent-ink" />}
    </span>
  );
}

function availabilityName(availability: string): string {
  const names: Record<string, string> = {
    available: i18n._("Available"),
    away: i18n._("Away"),
    off_shift: i18n._("Off shift"),
  };
  return names[availability] ?? availability;
}

function themeName(theme: Preferences["theme"]): string {
  const names = { light: i18n._("Light"), dark: i18n._("Dark"), system: i18n._("As the system") };
  return names[theme];
}
