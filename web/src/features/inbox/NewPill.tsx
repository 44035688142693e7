import { i18n } from "@lingui/core";
import { ArrowUp } from "lucide-react";
import { useSyncExternalStore } from "react";

import { Button } from "@/ui/Button";

import type { MembershipStore } from "./useMembership";

/** Says how many have come since the list was read; they are shown when one wants them. */
export function NewPill({ membership, onClick }: { membership: MembershipStore; onClick: () => void }) {
  const count = useSyncExternalStore(membership.subscribe, () => membership.get().fresh.size);
  return (
    <div role="status" className="pointer-events-none absolute inset-x-0 top-2 z-20 flex justify-center">
      {count > 0 && (
        <Button
          small
          look="primary"
          icon={<ArrowUp size={13} aria-hidden="true" />}
          onClick={onClick}
          className="pointer-events-auto rounded-full px-3 shadow-lg"
        >
          {i18n._("{count, plural, one {# new} other {# new}}", { count })}
        </Button>
      )}
    </div>
  );
}
