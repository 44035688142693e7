/** What is being written: for the customer, or among ourselves. */
export type Kind = "reply" | "note";
