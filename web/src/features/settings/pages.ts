/** The pages by path, each loaded when it is opened. A page that has parts takes the rest of its address. */
import { lazy, type ComponentType } from "react";

export interface PageProps {
  rest: string;
}

/** By the paths of `places`; the audit is not among them, the app puts it in. */
export const PAGES: Partial<Record<string, ComponentType<PageProps>>> = {
  inbox: lazy(async () => ({ default: (await import("./personal/InboxSettings")).InboxSettings })),
  notifications: lazy(async () => ({
    default: (await import("./personal/NotificationSettings")).NotificationSettings,
  })),
  keyboard: lazy(async () => ({ default: (await import("./personal/KeyboardSettings")).KeyboardSettings })),
  profile: lazy(async () => ({ default: (await import("./personal/ProfileSettings")).ProfileSettings })),
  "team/members": lazy(async () => ({ default: (await import("./team/MembersPage")).MembersPage })),
  "team/pools": lazy(async () => ({ default: (await import("./team/PoolsPage")).PoolsPage })),
  "team/tags": lazy(async () => ({ default: (await import("./team/TagsPage")).TagsPage })),
  "team/canned-replies": lazy(async () => ({
    default: (await import("./team/CannedRepliesPage")).CannedRepliesPage,
  })),
  "workspace/general": lazy(async () => ({
    default: (await import("./workspace/GeneralPage")).GeneralPage,
  })),
  "workspace/bot-behavior": lazy(async () => ({
    default: (await import("./workspace/BotBehaviorPage")).BotBehaviorPage,
  })),
  "workspace/stale-claim": lazy(async () => ({
    default: (await import("./workspace/StaleClaimPage")).StaleClaimPage,
  })),
  "workspace/limits": lazy(async () => ({ default: (await import("./workspace/LimitsPage")).LimitsPage })),
  "workspace/auto-resolve": lazy(async () => ({
    default: (await import("./workspace/AutoResolvePage")).AutoResolvePage,
  })),
  "workspace/business-hours": lazy(async () => ({
    default: (await import("./workspace/BusinessHoursPage")).BusinessHoursPage,
  })),
  "workspace/api-keys": lazy(async () => ({
    default: (await import("./workspace/ApiKeysPage")).ApiKeysPage,
  })),
};
