import type { Ownership } from "../useOwnership";

/** What every dialog about the ownership of the open conversation is given. */
export interface OwnershipDialogProps {
  ownership: Ownership;
  close: () => void;
}
