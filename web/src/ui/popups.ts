import { late } from "./late";

export const popups = late(() => import("./popupParts"));
