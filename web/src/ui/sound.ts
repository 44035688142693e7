import { remembered } from "./remembered";

/** Whether new notifications make a sound in this browser. */
export const sound = remembered("dibs.sound", ["off", "on"]);
