import { i18n } from "@lingui/core";
import { Lock, Unplug } from "lucide-react";
import { Component, type ReactNode } from "react";

import { Problem, Unreachable } from "@/api/problem";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";

interface Props {
  children: ReactNode;
  /** Another page tries anew. */
  path: string;
  onRetry: () => void;
}

/** Says why a page of settings cannot be shown: refused, or not reachable. */
export class PageBoundary extends Component<Props, { error: unknown }> {
  override state = { error: null };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override componentDidUpdate(before: Props) {
    if (before.path !== this.props.path && this.state.error !== null) this.setState({ error: null });
  }

  retry = () => {
    this.props.onRetry();
    this.setState({ error: null });
  };

  override render() {
    const error: unknown = this.state.error;
    if (error === null) return this.props.children;
    if (error instanceof Problem && error.status === 403) {
      return (
        <EmptyState icon={<Lock size={20} />} title={i18n._("This page is for admins.")}>
          <p>{error.message}</p>
        </EmptyState>
      );
    }
    return (
      <EmptyState icon={<Unplug size={20} />} title={wentWrong(error)}>
        <p>
          {error instanceof Problem
            ? error.message
            : error instanceof Unreachable
              ? i18n._("The server could not be reached. Nothing was changed.")
              : i18n._("Your drafts are safe, and the rest of the page still works.")}
        </p>
        <Button onClick={this.retry}>{i18n._("Try again")}</Button>
      </EmptyState>
    );
  }
}

function wentWrong(error: unknown): string {
  const isRead = error instanceof Problem || error instanceof Unreachable;
  return isRead ? i18n._("This page could not be loaded.") : i18n._("This part of the page stopped working.");
}
