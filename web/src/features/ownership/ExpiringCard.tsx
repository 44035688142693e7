import { i18n } from "@lingui/core";
import { Hourglass } from "lucide-react";

import { Button } from "@/ui/Button";
import { moment } from "@/ui/time";

import { Countdown } from "./Countdown";

/** A claim that will be released unless somebody shows that they are there. */
export function ExpiringCard({
  id,
  name,
  releasesAt,
  keep,
}: {
  id: string;
  name: string | null;
  releasesAt: string;
  keep: () => void;
}) {
  const customer = name ?? i18n._("Unnamed customer");
  return (
    <section
      data-conversation={id}
      className="pointer-events-auto rounded-xl border border-line bg-raised p-3 text-[0.8125rem] shadow-xl"
    >
      <p role="alert" className="sr-only">
        {i18n._("{customer} goes back to Unclaimed at {time} unless you keep it. Press any key to keep it.", {
          customer,
          time: moment(releasesAt),
        })}
      </p>
      <div className="flex items-start gap-2.5">
        <Hourglass size={16} aria-hidden="true" className="mt-0.5 shrink-0 text-warn" />
        <p className="min-w-0 flex-1">
          <span className="font-medium">{i18n._("{customer} goes back to Unclaimed", { customer })}</span>
          <span className="block text-quiet">
            {i18n._("You have done nothing here for a while. Any key keeps it.")}
          </span>
        </p>
        <span className="shrink-0 font-medium text-warn">
          <Countdown until={releasesAt} />
        </span>
      </div>
      <div className="mt-2.5 flex justify-end">
        <Button small look="primary" onClick={keep}>
          {i18n._("Keep")}
        </Button>
      </div>
    </section>
  );
}
