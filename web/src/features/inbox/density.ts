/** How tall a row is, in rem: rows grow with the reader's font size. */
export const ROW_REM = { compact: 3.625, comfortable: 5.5 } as const;

export type Density = keyof typeof ROW_REM;
