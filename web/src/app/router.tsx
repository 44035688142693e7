/** Which page is at which address. Pages that an agent rarely opens load when they are opened. */
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import type { ComponentType } from "react";

import { validateAnalyticsSearch } from "@/features/analytics/search";
import { validateInboxSearch } from "@/features/inbox/search";
import { partOf } from "@/ui/lazily";

import { AppShell } from "./AppShell";
import { InboxPage } from "./InboxPage";
import { NotFoundPage } from "./NotFoundPage";
import { refuseSignedOut } from "./session";

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFoundPage });

const accounts = () => import("@/features/accounts/pages");
/** A page that comes when it is wanted, or says that it cannot. */
const page = <N extends string, T extends Record<N, ComponentType>>(read: () => Promise<T>, name: N) =>
  lazyRouteComponent(() => partOf(read, name), name);
const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: (search: Record<string, unknown>): { back?: string } =>
    typeof search["back"] === "string" ? { back: search["back"] } : {},
  component: page(accounts, "SignInPage"),
});
const join = createRoute({
  getParentRoute: () => root,
  path: "/join",
  component: page(accounts, "JoinPage"),
});
const forgot = createRoute({
  getParentRoute: () => root,
  path: "/forgot-password",
  component: page(accounts, "ForgotPasswordPage"),
});
const reset = createRoute({
  getParentRoute: () => root,
  path: "/reset-password",
  component: page(accounts, "ResetPasswordPage"),
});
const welcome = createRoute({
  getParentRoute: () => root,
  path: "/welcome",
  validateSearch: (search: Record<string, unknown>): { code?: string } =>
    typeof search["code"] === "string" ? { code: search["code"] } : {},
  component: page(accounts, "WelcomePage"),
});

const shell = createRoute({
  getParentRoute: () => root,
  id: "shell",
  beforeLoad: ({ location }) => refuseSignedOut(location.href),
  component: AppShell,
});
const home = createRoute({
  getParentRoute: () => shell,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/inbox/$view", params: { view: "mine" } });
  },
});
const inbox = createRoute({
  getParentRoute: () => shell,
  path: "/inbox/$view",
  validateSearch: validateInboxSearch,
  component: InboxPage,
});
const inboxConversation = createRoute({ getParentRoute: () => inbox, path: "/$conversationId" });
const conversation = createRoute({
  getParentRoute: () => shell,
  path: "/conversations/$conversationId",
  beforeLoad: ({ params }) => {
    throw redirect({ to: "/inbox/$view/$conversationId", params: { view: "all", ...params } });
  },
});

const analytics = createRoute({
  getParentRoute: () => shell,
  path: "/dashboard/analytics",
  validateSearch: validateAnalyticsSearch,
  component: page(() => import("@/features/analytics/AgentPerformancePage"), "AgentPerformancePage"),
});
const board = createRoute({
  getParentRoute: () => shell,
  path: "/dashboard/board",
  component: page(() => import("@/features/analytics/LiveBoardPage"), "LiveBoardPage"),
});

const articles = createRoute({
  getParentRoute: () => shell,
  path: "/articles",
  component: page(() => import("@/features/articles/ArticlesPage"), "ArticlesPage"),
});
const article = createRoute({
  getParentRoute: () => shell,
  path: "/articles/$articleId",
  component: page(() => import("@/features/articles/ArticlePage"), "ArticlePage"),
});

const settings = createRoute({
  getParentRoute: () => shell,
  path: "/settings/$",
  component: page(() => import("./SettingsPage"), "SettingsPage"),
});

export const router = createRouter({
  routeTree: root.addChildren([
    signIn,
    join,
    forgot,
    reset,
    welcome,
    shell.addChildren([
      home,
      inbox.addChildren([inboxConversation]),
      conversation,
      analytics,
      board,
      articles,
      article,
      settings,
    ]),
  ]),
  defaultPreload: "intent",
  scrollRestoration: false,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
