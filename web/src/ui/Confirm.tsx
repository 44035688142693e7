import { i18n } from "@lingui/core";
import { useState, type ReactNode } from "react";

import { Problem } from "@/api/problem";
import { Button } from "./Button";
import { Dialog } from "./Dialog";

/** Asks before something that cannot be taken back; a refusal is shown where it was asked for. */
export function Confirm({
  open,
  onClose,
  title,
  text,
  action,
  cancel = i18n._("Cancel"),
  onConfirm,
}: {
  open: boolean;
  onClose: () => void;
  title: string;
  text: ReactNode;
  action: string;
  cancel?: string;
  /** A promise keeps the dialog open until it is kept, and shows why it was not. */
  onConfirm: () => unknown;
}) {
  const [error, setError] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const close = () => {
    setError(undefined);
    onClose();
  };
  const confirm = async () => {
    setBusy(true);
    try {
      await onConfirm();
      close();
    } catch (failure) {
      setError(
        failure instanceof Problem ? failure.message : i18n._("The server could not be reached. Try again."),
      );
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      open={open}
      onOpenChange={(isOpen) => !isOpen && close()}
      title={title}
      footer={
        <>
          <Button onClick={close}>{cancel}</Button>
          <Button look="danger" onClick={() => void confirm()} disabled={isBusy}>
            {action}
          </Button>
        </>
      }
    >
      <div className="space-y-2 text-quiet">{text}</div>
      {error !== undefined && (
        <p role="alert" className="mt-3 font-medium text-bad">
          {error}
        </p>
      )}
    </Dialog>
  );
}
