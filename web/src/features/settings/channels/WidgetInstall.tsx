import { i18n } from "@lingui/core";
import { ExternalLink } from "lucide-react";
import { useState } from "react";

import { api, body } from "@/api/client";
import type { Channel } from "@/api/types";
import { Button } from "@/ui/Button";
import { Confirm } from "@/ui/Confirm";
import { scriptTag } from "@/ui/scriptTag";

import { Card, Row, Rows } from "../parts/Card";
import { Copyable } from "@/ui/Copyable";
import { Secret } from "../parts/Secret";
import { useIsAdmin } from "../queries";

/** The tag for the customer's pages, and the secret that proves who their visitors are. */
export function WidgetInstall({ channel }: { channel: Channel }) {
  const isAdmin = useIsAdmin();
  const [isAsking, setAsking] = useState(false);
  const [secret, setSecret] = useState<string>();
  const renew = async () => {
    const made = await body(
      api.POST("/v1/channels/{channel_id}/identity-secret", { params: { path: { channel_id: channel.id } } }),
    );
    setSecret(made.identity_secret);
  };
  return (
    <Card title={i18n._("Put it on your pages")}>
      <Rows>
        <div>
          <Copyable
            label={i18n._("Script tag")}
            text={scriptTag(channel.address)}
            hint={i18n._("Before the end of the body, on every page that shall have the chat.")}
          />
          <a
            href={`/widget-demo?key=${encodeURIComponent(channel.address)}`}
            target="_blank"
            rel="noopener"
            className="mt-2 inline-flex min-h-6 items-center gap-1 text-[0.8125rem] font-medium text-accent-ink hover:underline"
          >
            {i18n._("Try it on a sample page")}
            <ExternalLink size={13} aria-hidden="true" />
          </a>
        </div>
        {isAdmin && (
          <div className="space-y-3">
            <Row
              label={i18n._("Identity secret")}
              hint={i18n._(
                "Your server signs with it who a visitor is: then they see their earlier conversations. Without it visitors stay anonymous.",
              )}
            >
              <Button onClick={() => setAsking(true)}>{i18n._("Make a new secret")}</Button>
            </Row>
            {secret !== undefined && (
              <Secret
                label={i18n._("Identity secret")}
                text={secret}
                hint={i18n._("Shown only now. It belongs on your server, never into a page.")}
              />
            )}
          </div>
        )}
      </Rows>
      <Confirm
        open={isAsking}
        onClose={() => setAsking(false)}
        title={i18n._("Make a new identity secret?")}
        text={i18n._(
          "What was signed with the one before proves nothing from now on. The new one is shown once.",
        )}
        action={i18n._("Make a new secret")}
        onConfirm={renew}
      />
    </Card>
  );
}
