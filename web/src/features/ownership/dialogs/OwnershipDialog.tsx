import type { DialogName } from "../useActs";
import { AskTakeoverDialog } from "./AskTakeoverDialog";
import type { OwnershipDialogProps } from "./dialogProps";
import { ForceReleaseDialog } from "./ForceReleaseDialog";
import { ReassignDialog } from "./ReassignDialog";
import { ReleaseDialog } from "./ReleaseDialog";
import { ResolveDialog } from "./ResolveDialog";
import { SnoozeDialog } from "./SnoozeDialog";
import { TakeToMeDialog } from "./TakeToMeDialog";
import { WhyDrawer } from "./WhyDrawer";

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
