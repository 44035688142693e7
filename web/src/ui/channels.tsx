import { i18n } from "@lingui/core";
import { Braces, Mail, MessageCircle, MessageSquareText } from "lucide-react";

const ICONS = { widget: MessageSquareText, whatsapp: MessageCircle, email: Mail, api: Braces };

/** A channel's name for people. */
export function channelName(channel: string): string {
  const names: Record<string, string> = {
    widget: i18n._("Widget"),
    whatsapp: "WhatsApp",
    email: i18n._("Email"),
    api: "API",
  };
  return names[channel] ?? channel;
}

export function ChannelIcon({ channel, size = 14 }: { channel: string; size?: number }) {
  const Icon = ICONS[channel as keyof typeof ICONS] ?? Braces;
  return <Icon size={size} aria-hidden="true" className="shrink-0" />;
}
