import { i18n } from "@lingui/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";

import { api, body } from "@/api/client";
import { channelsQuery } from "@/api/queries";
import type { Channel } from "@/api/types";
import { Button } from "@/ui/Button";
import { Confirm } from "@/ui/Confirm";
import { say } from "@/ui/status";
import { Switch } from "@/ui/Switch";

import { Card, Row, Rows } from "../parts/Card";
import { sentence } from "../queries";

/** Pausing and disconnecting. */
export function ChannelActions({ channel }: { channel: Channel }) {
  const { id, name, active } = channel;
  const client = useQueryClient();
  const navigate = useNavigate();
  const [isLeaving, setLeaving] = useState(false);
  const params = { path: { channel_id: id } };
  const pause = useMutation({
    mutationFn: (isOn: boolean) =>
      body(api.PATCH("/v1/channels/{channel_id}", { params, body: { active: isOn } })),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: channelsQuery.queryKey });
      say(i18n._("Saved"), { tone: "good" });
    },
  });
  const disconnect = async () => {
    await body(api.DELETE("/v1/channels/{channel_id}", { params }));
    await navigate({ to: "/settings/$", params: { _splat: "workspace/channels" }, ignoreBlocker: true });
    say(i18n._("{name} is disconnected", { name }));
    await client.invalidateQueries({ queryKey: channelsQuery.queryKey });
  };
  const refused = sentence(pause.error);
  return (
    <Card title={i18n._("Pause or disconnect")}>
      <Rows>
        <div>
          <Switch
            label={i18n._("Active")}
            hint={i18n._("Switched off, nothing comes in and nothing goes out; everything else is kept.")}
            checked={pause.isPending ? pause.variables : active}
            disabled={pause.isPending}
            onChange={(isOn) => pause.mutate(isOn)}
          />
          {refused !== undefined && (
            <p role="alert" className="mt-1.5 text-xs font-medium text-bad">
              {refused}
            </p>
          )}
        </div>
        <Row
          label={i18n._("Disconnect")}
          hint={i18n._("Forgets its passwords and keys. Conversations stay; what they send then fails.")}
        >
          <Button look="danger" onClick={() => setLeaving(true)}>
            {i18n._("Disconnect")}
          </Button>
        </Row>
      </Rows>
      <Confirm
        open={isLeaving}
        onClose={() => setLeaving(false)}
        title={i18n._("Disconnect {name}?", { name })}
        text={i18n._(
          "Customers cannot write here any more, and answers to their conversations fail. To come back, everything has to be typed in again.",
        )}
        action={i18n._("Disconnect")}
        onConfirm={disconnect}
      />
    </Card>
  );
}
