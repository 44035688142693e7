import type { DialogName } from "../useActs";
import type { Ownership } from "../useOwnership";
import { ReleaseDialog } from "./ReleaseDialog";

/** The dialog of that name, for the open conversation. */
export function OwnershipDialog({
  name,
  ownership,
  close,
}: {
  name: DialogName;
  ownership: Ownership;
  close: () => void;
}) {
  const asked = { ownership, close };
  switch (name) {
    case "release":
      return <ReleaseDialog {...asked} />;
    default:
      return null;
  }
}
