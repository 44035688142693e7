import type { DialogName } from "../useActs";
import type { Ownership } from "../useOwnership";
import { AskTakeoverDialog } from "./AskTakeoverDialog";
import { ForceReleaseDialog } from "./ForceReleaseDialog";
import { ReassignDialog } from "./ReassignDialog";
import { ReleaseDialog } from "./ReleaseDialog";
import { ResolveDialog } from "./ResolveDialog";
import { SnoozeDialog } from "./SnoozeDialog";
import { TakeToMeDialog } from "./TakeToMeDialog";
import { WhyDrawer } from "./WhyDrawer";

export interface OwnershipDialogProps {
  ownership: Ownership;
  close: () => void;
}

const DIALOGS = {
  release: ReleaseDialog,
  reassign: ReassignDialog,
  "reassign-to-me": TakeToMeDialog,
  resolve: ResolveDialog,
  snooze: SnoozeDialog,
  "force-release": ForceReleaseDialog,
  "ask-takeover": AskTakeoverDialog,
  why: WhyDrawer,
} satisfies Record<DialogName, (props: OwnershipDialogProps) => React.ReactNode>;

/** The dialog of that name, for the open conversation. */
export function OwnershipDialog({ name, ...asked }: OwnershipDialogProps & { name: DialogName }) {
  const Asked = DIALOGS[name];
  return <Asked {...asked} />;
}
