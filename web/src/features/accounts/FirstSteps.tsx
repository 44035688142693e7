import { useMutation } from "@tanstack/react-query";
import { i18n } from "@lingui/core";
import { Inbox, MessageSquareText, UserPlus } from "lucide-react";
import { useState, type ReactNode } from "react";

import { api, body } from "@/api/client";
import type { Me, Preferences } from "@/api/types";
import type { Locale } from "@/i18n";
import { Badge } from "@/ui/Badge";
import { Switch } from "@/ui/Switch";
import { Button } from "@/ui/Button";

import { ConnectWidget } from "./ConnectWidget";
import { Frame } from "./Frame";
import { otherwise } from "./problems";
import { Trouble } from "./Trouble";

/** After the first run: auto-claim, and what comes next. */
export function FirstSteps({ owner }: { owner: Me }) {
  const [isAutoClaim, setAutoClaim] = useState(true);
  const go = useMutation({
    mutationFn: () => {
      const chosen = { auto_claim_on_reply: isAutoClaim, locale: i18n.locale as Locale };
      return body(api.PATCH("/v1/agents/me/preferences", { body: chosen as Preferences }));
    },
    onSuccess: () => location.assign("/inbox/unclaimed"),
  });
  return (
    <Frame
      wide
      title={i18n._("{workspace} is ready", { workspace: owner.workspace.name })}
      intro={i18n._("You are its owner, {name}. One choice, then the inbox.", { name: owner.agent.name })}
    >
      <div className="space-y-5">
        <div className="rounded-xl border border-accent bg-accent-soft px-3.5 py-3">
          <Switch
            label={
              <span className="inline-flex flex-wrap items-center gap-2">
                {i18n._("Auto-claim when I send the first reply")}
                <Badge tone="accent" className="bg-surface">
                  {i18n._("Recommended")}
                </Badge>
              </span>
            }
            hint={i18n._(
              "Replying to an unclaimed conversation makes it yours in the same step. Change it at Settings > Inbox.",
            )}
            checked={isAutoClaim}
            onChange={setAutoClaim}
          />
        </div>
        <ul className="space-y-3.5">
          <Step icon={<MessageSquareText size={17} />} title={i18n._("Connect a first channel")}>
            {i18n._(
              "A chat on your own pages takes a minute. WhatsApp and email are at Settings > Channels.",
            )}
            <ConnectWidget />
          </Step>
          <Step icon={<UserPlus size={17} />} title={i18n._("Invite your team")}>
            {i18n._("At Settings > Members: each gets a link, and a role.")}
          </Step>
          <Step icon={<Inbox size={17} />} title={i18n._("Claim a conversation")}>
            {i18n._("Open one in Unclaimed and press C. Everybody sees within a second that it is yours.")}
          </Step>
        </ul>
        <Trouble text={otherwise(go.error)} />
        <Button
          look="primary"
          className="h-10 w-full text-sm"
          disabled={go.isPending || go.isSuccess}
          onClick={() => go.mutate()}
        >
          {i18n._("Go to the inbox")}
        </Button>
      </div>
    </Frame>
  );
}

function Step({ icon, title, children }: { icon: ReactNode; title: string; children: ReactNode }) {
  return (
    <li className="flex gap-3">
      <span
        aria-hidden="true"
        className="flex size-8 shrink-0 items-center justify-center rounded-lg bg-free-soft text-free"
      >
        {icon}
      </span>
      <div className="min-w-0 flex-1">
        <p className="font-medium">{title}</p>
        <div className="text-[0.8125rem] text-quiet">{children}</div>
      </div>
    </li>
  );
}
