import type { Channel } from "@/api/types";

import { WhatsAppInstall } from "./WhatsAppInstall";
import { WidgetInstall } from "./WidgetInstall";

/** What is to be done on the other side once a channel is connected. */
export function Install({ channel }: { channel: Channel }) {
  switch (channel.kind) {
    case "widget":
      return <WidgetInstall channel={channel} />;
    case "whatsapp":
      return <WhatsAppInstall channel={channel} />;
    case "email":
      return null;
  }
}
