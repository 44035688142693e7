import type { AgentFigures } from "../figures";
import { ClaimedChart } from "./ClaimedChart";
import { OutcomesChart } from "./OutcomesChart";
import { TimeToClaimChart } from "./TimeToClaimChart";

/** The drawings; loaded on their own, for they bring a library along. */
export function Charts({ agents }: { agents: readonly AgentFigures[] }) {
  return (
    <div className="grid grid-cols-[repeat(auto-fit,minmax(min(100%,22rem),1fr))] items-start gap-4">
      <ClaimedChart agents={agents} />
      <TimeToClaimChart agents={agents} />
      <OutcomesChart agents={agents} />
    </div>
  );
}
