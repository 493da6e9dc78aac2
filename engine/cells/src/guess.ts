/** Cells that ask for a guess. Runs in pages, too. */

/** Whether a cell's code asks for a guess. */
export const asksForGuess = (source: string): boolean => /^\s*await guess\(/m.test(source);
