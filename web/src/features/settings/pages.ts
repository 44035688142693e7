/** The pages by path, each loaded when it is opened. A page that has parts takes the rest of its address. */
import { type ComponentType } from "react";

import { lazily } from "@/ui/lazily";

export interface PageProps {
  rest: string;
}

/** By the paths of `places`; the audit is not among them, the app puts it in. */
export const PAGES: Partial<Record<string, ComponentType<PageProps>>> = {
  inbox: lazily(async () => ({ default: (await import("./personal/InboxSettings")).InboxSettings })),
  notifications: lazily(async () => ({
    default: (await import("./personal/NotificationSettings")).NotificationSettings,
  })),
  keyboard: lazily(async () => ({ default: (await import("./personal/KeyboardSettings")).KeyboardSettings })),
  profile: lazily(async () => ({ default: (await import("./personal/ProfileSettings")).ProfileSettings })),
  "team/members": lazily(async () => ({ default: (await import("./team/MembersPage")).MembersPage })),
  "team/pools": lazily(async () => ({ default: (await import("./team/PoolsPage")).PoolsPage })),
  "team/tags": lazily(async () => ({ default: (await import("./team/TagsPage")).TagsPage })),
  "team/canned-replies": lazily(async () => ({
    default: (await import("./team/CannedRepliesPage")).CannedRepliesPage,
  })),
  "workspace/general": lazily(async () => ({
    default: (await import("./workspace/GeneralPage")).GeneralPage,
  })),
  "workspace/channels": lazily(async () => ({
    default: (await import("./channels/ChannelsPage")).ChannelsPage,
  })),
  "workspace/bot-behavior": lazily(async () => ({
    default: (await import("./bot/BotBehaviorPage")).BotBehaviorPage,
  })),
  "workspace/stale-claim": lazily(async () => ({
    default: (await import("./workspace/StaleClaimPage")).StaleClaimPage,
  })),
  "workspace/limits": lazily(async () => ({ default: (await import("./workspace/LimitsPage")).LimitsPage })),
  "workspace/auto-resolve": lazily(async () => ({
    default: (await import("./workspace/AutoResolvePage")).AutoResolvePage,
  })),
  "workspace/business-hours": lazily(async () => ({
    default: (await import("./workspace/BusinessHoursPage")).BusinessHoursPage,
  })),
  "workspace/api-keys": lazily(async () => ({
    default: (await import("./workspace/ApiKeysPage")).ApiKeysPage,
  })),
};
