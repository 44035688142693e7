import { useBlocker } from "@tanstack/react-router";
import { i18n } from "@lingui/core";
import { useState } from "react";

import { Problem } from "@/api/problem";
import { say } from "./status";

import { changed, messageFor } from "./draft";

/** What a person has changed but not saved yet, over what the server says. */
export interface Draft<T extends object> {
  readonly value: T;
  readonly isDirty: boolean;
  readonly isSaving: boolean;
  readonly error: unknown;
  /** The refusal stands beside a field already. */
  readonly isMarked: boolean;
  set: <K extends keyof T>(name: K, value: T[K]) => void;
  /** The server's message for one field, or for what is inside of it. */
  errorOf: (name: keyof T & string) => string | undefined;
  save: () => Promise<void>;
  discard: () => void;
  /** Open while somebody is about to leave with unsaved changes. */
  readonly leaving: { stay: () => void; go: () => void } | null;
}

/** A form over `saved`: only what differs is sent, and leaving with unsaved changes asks first. */
export function useDraft<T extends object>(
  saved: T,
  send: (changes: Partial<T>) => Promise<unknown>,
): Draft<T> {
  const [edits, setEdits] = useState<Partial<T>>({});
  const [error, setError] = useState<unknown>(null);
  const [isSaving, setSaving] = useState(false);
  const changes = changed(saved, edits);
  const isDirty = Object.keys(changes).length > 0;
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => isDirty && current.pathname !== next.pathname,
    enableBeforeUnload: () => isDirty,
    withResolver: true,
  });
  const discard = () => {
    setEdits({});
    setError(null);
  };
  const save = async () => {
    setSaving(true);
    try {
      await send(changes);
      discard();
      say(i18n._("Saved"), { tone: "good" });
    } catch (failure) {
      setError(failure);
      if (!(failure instanceof Problem))
        say(i18n._("Not saved: the server could not be reached."), { tone: "bad" });
    } finally {
      setSaving(false);
    }
  };
  return {
    value: { ...saved, ...edits },
    isDirty,
    isSaving,
    error,
    isMarked: Object.keys(saved).some((name) => messageFor(error, name) !== undefined),
    set: (name, value) => {
      setEdits((before) => ({ ...before, [name]: value }));
      setError(null);
    },
    errorOf: (name) => messageFor(error, name),
    save,
    discard,
    leaving: blocker.status === "blocked" ? { stay: blocker.reset, go: blocker.proceed } : null,
  };
}
