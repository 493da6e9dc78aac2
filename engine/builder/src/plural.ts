/** "1 lesson", "2 lessons". */
export const plural = (n: number, one: string): string => `${n} ${one}${n === 1 ? "" : "s"}`;
