import { i18n } from "@lingui/core";
import { Bell as BellIcon } from "lucide-react";
import { Suspense, useState } from "react";

import { IconButton } from "@/ui/IconButton";
import { lazily } from "@/ui/lazily";
import { Popover } from "@/ui/Popover";

import { useNotifications } from "./useNotifications";
import { countText } from "./words";

const NotificationList = lazily(async () => ({
  default: (await import("./NotificationList")).NotificationList,
}));

/** How much is unseen, and what it is. `onChosen` is called when somebody goes somewhere. */
export function Bell({ onChosen }: { onChosen?: () => void }) {
  const [isOpen, setOpen] = useState(false);
  const { unseen } = useNotifications();
  const count = unseen.length;
  return (
    <Popover
      title={i18n._("Notifications")}
      open={isOpen}
      onOpenChange={setOpen}
      modal
      className="w-92"
      trigger={
        <IconButton
          label={i18n._(
            "{count, plural, =0 {Notifications} one {Notifications, # unseen} other {Notifications, # unseen}}",
            {
              count,
            },
          )}
          className="relative"
          icon={
            <>
              <BellIcon size={17} aria-hidden="true" />
              {count > 0 && (
                <span
                  aria-hidden="true"
                  className="absolute top-0 right-0 min-w-4 rounded-full bg-accent px-1 text-center text-[0.625rem] leading-4 font-semibold text-on-accent"
                >
                  {countText(count)}
                </span>
              )}
            </>
          }
        />
      }
    >
      <Suspense>
        <NotificationList
          close={() => {
            setOpen(false);
            onChosen?.();
          }}
        />
      </Suspense>
    </Popover>
  );
}
