import { i18n } from "@lingui/core";

import { Problem } from "@/api/problem";
import { Button } from "./Button";

import { Confirm } from "./Confirm";
import type { Draft } from "./useDraft";

/** Appears at the bottom as soon as something differs from what is saved. */
export function SaveBar<T extends object>({
  draft,
  label = i18n._("Save changes"),
  always = false,
  disabled = false,
  reason,
}: {
  draft: Draft<T>;
  label?: string;
  /** Also while nothing has changed yet: for something new. */
  always?: boolean;
  disabled?: boolean;
  /** Why it cannot be saved as it is. */
  reason?: string | undefined;
}) {
  const { isDirty, isSaving, error, isMarked, leaving } = draft;
  return (
    <>
      {(isDirty || always) && (
        <div
          role="group"
          aria-label={i18n._("Unsaved changes")}
          className="sticky bottom-3 z-10 flex flex-wrap items-center justify-end gap-2 rounded-xl border border-line bg-raised py-2.5 pr-2.5 pl-4 shadow-lg"
        >
          <p className="min-w-0 flex-1 basis-48 text-[0.8125rem]">
            {error instanceof Problem ? (
              <span role="alert" className="font-medium text-bad">
                {isMarked ? i18n._("Not saved: see what is marked above.") : error.message}
              </span>
            ) : (
              <span className="text-quiet">{reason ?? (isDirty && i18n._("You have unsaved changes."))}</span>
            )}
          </p>
          <Button look="quiet" onClick={draft.discard} disabled={isSaving || !isDirty}>
            {i18n._("Discard")}
          </Button>
          <Button look="primary" onClick={() => void draft.save()} disabled={isSaving || disabled}>
            {isSaving ? i18n._("Saving…") : label}
          </Button>
        </div>
      )}
      <Confirm
        open={leaving !== null}
        onClose={() => leaving?.stay()}
        title={i18n._("Leave without saving?")}
        text={i18n._("What you changed on this page is lost when you leave.")}
        action={i18n._("Leave without saving")}
        cancel={i18n._("Stay here")}
        onConfirm={() => leaving?.go()}
      />
    </>
  );
}
