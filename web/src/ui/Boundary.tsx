import { i18n } from "@lingui/core";
import { Component, type ReactNode } from "react";

import { Button } from "./Button";
import { EmptyState } from "./EmptyState";

/** Keeps a crash in one pane from taking the others. A change of `resetKey` tries again. */
export class Boundary extends Component<{ children: ReactNode; resetKey?: string }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override componentDidUpdate(before: { resetKey?: string }) {
    if (before.resetKey !== this.props.resetKey && this.state.failed) this.setState({ failed: false });
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <EmptyState title={i18n._("This part of the page stopped working.")}>
        <p>{i18n._("Your drafts are safe, and the rest of the page still works.")}</p>
        <Button onClick={() => this.setState({ failed: false })}>{i18n._("Try again")}</Button>
      </EmptyState>
    );
  }
}
