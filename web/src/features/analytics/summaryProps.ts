import type { Performance } from "./figures";
import type { Metric } from "./search";

export interface SummaryProps {
  now: Performance;
  /** The period before, when it is compared and has been read. */
  before: Performance | undefined;
  onOpen: (metric: Metric) => void;
}
