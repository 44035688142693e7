import { i18n } from "@lingui/core";
import { CircleAlert, CloudOff } from "lucide-react";

import { Problem } from "@/api/problem";

import { Button } from "./Button";
import { EmptyState } from "./EmptyState";

/** Says why something could not be read, with a way to try again. */
export function Failed({ title, error, onRetry }: { title: string; error: Error; onRetry: () => void }) {
  const isRefusal = error instanceof Problem;
  return (
    <div role="alert" className="min-h-60">
      <EmptyState icon={isRefusal ? <CircleAlert size={20} /> : <CloudOff size={20} />} title={title}>
        <p>{failureText(error)}</p>
        <Button onClick={onRetry}>{i18n._("Try again")}</Button>
      </EmptyState>
    </div>
  );
}

/** A refusal's own sentence, or that the server did not answer. */
export function failureText(error: Error): string {
  return error instanceof Problem
    ? error.message
    : i18n._("The server could not be reached. Check the connection, then try again.");
}
