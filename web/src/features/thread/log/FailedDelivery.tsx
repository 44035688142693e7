import { i18n } from "@lingui/core";
import { CircleAlert, RotateCw } from "lucide-react";
import { useState } from "react";

import { Problem } from "@/api/problem";
import type { Message } from "@/api/types";
import { withMessage } from "@/realtime/applyEvent";
import { put, update } from "@/realtime/store";
import { reread } from "@/realtime/verbs";
import { Button } from "@/ui/Button";

import { retryDelivery } from "../wire";

/** A reply that did not reach the customer, with another try: the same message, so that it cannot arrive twice. */
export function FailedDelivery({ message }: { message: Message }) {
  const [isTrying, setTrying] = useState(false);
  const [problem, setProblem] = useState<string>();
  const { failure } = message.details;
  const retry = async () => {
    setTrying(true);
    setProblem(undefined);
    try {
      const written = await retryDelivery(message);
      put(written.conversation);
      update((state) => withMessage(state, written.message));
      if (written.message.delivery === "failed") setProblem(i18n._("Still not delivered."));
    } catch (error) {
      // Refused: the true owner is shown.
      if (error instanceof Problem) await reread(message.conversation_id);
      setProblem(
        error instanceof Problem ? error.message : i18n._("Not confirmed: try again, it cannot be doubled."),
      );
    } finally {
      setTrying(false);
    }
  };
  return (
    <div className="mt-1 flex flex-wrap items-center justify-end gap-x-2 gap-y-1 text-xs text-bad">
      <span className="inline-flex items-center gap-1 font-medium">
        <CircleAlert size={13} aria-hidden="true" />
        {i18n._("Failed")}
      </span>
      {failure !== undefined && <span className="max-w-full text-right">{failure.detail}</span>}
      <Button
        small
        look="danger"
        icon={<RotateCw size={12} />}
        disabled={isTrying}
        onClick={() => void retry()}
      >
        {isTrying ? i18n._("Retrying…") : i18n._("Retry")}
      </Button>
      {problem && (
        <span role="alert" className="w-full text-right">
          {problem}
        </span>
      )}
    </div>
  );
}
