/** In place of an id, in the address of the editor. */
export const NEW = "new";
