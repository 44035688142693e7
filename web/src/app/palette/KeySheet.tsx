import { i18n } from "@lingui/core";
import { Link } from "@tanstack/react-router";

import { actionLabel, type ActionId } from "@/keyboard/actions";
import { keysOf } from "@/keyboard/dispatch";
import { actionGroups } from "@/keyboard/groups";
import { keysText } from "@/keyboard/keys";
import { Dialog } from "@/ui/Dialog";

/** All keys as the agent has them. */
export function KeySheet({ close }: { close: () => void }) {
  return (
    <Dialog
      open
      wide
      onOpenChange={(open) => !open && close()}
      title={i18n._("Keyboard shortcuts")}
      description={i18n._("They rest while you type in a field. Keys follow the character on any layout.")}
      footer={
        <p className="mr-auto text-[0.8125rem] text-quiet">
          {i18n._("Each key can be changed, and all single keys can be switched off:")}{" "}
          <Link
            to="/settings/$"
            params={{ _splat: "keyboard" }}
            onClick={close}
            className="font-medium text-accent-ink underline underline-offset-2"
          >
            {i18n._("Settings > Keyboard")}
          </Link>
        </p>
      }
    >
      <div className="gap-x-10 sm:columns-2">
        {actionGroups().map(({ id, label, actions }) => {
          const withKeys = actions.filter((action) => keysOf(action) !== null);
          if (withKeys.length === 0) return null;
          return (
            <section key={id} className="mb-5 break-inside-avoid">
              <h3 className="mb-1.5 text-xs font-semibold text-quiet">{label}</h3>
              <dl>
                {withKeys.map((action) => (
                  <Line key={action} action={action} />
                ))}
              </dl>
            </section>
          );
        })}
      </div>
    </Dialog>
  );
}

function Line({ action }: { action: ActionId }) {
  return (
    <div className="flex min-h-7 items-center justify-between gap-4 text-[0.8125rem]">
      <dt>{actionLabel(action)}</dt>
      <dd className="flex shrink-0 gap-1">
        {keysText(keysOf(action) ?? "")
          .split(" ")
          .map((stroke, index) => (
            <kbd
              key={index}
              className="min-w-6 rounded-md border border-line bg-sunken px-1.5 text-center font-sans text-xs leading-5 font-medium"
            >
              {stroke}
            </kbd>
          ))}
      </dd>
    </div>
  );
}
