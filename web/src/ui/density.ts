import { remembered } from "./remembered";

/** How much room a row of a list takes. */
export const density = remembered("dibs.density", ["comfortable", "compact"]);
