/** Cells that ask for a guess, and those that give its answer away. Runs in pages, too. */

/** Whether a cell's code asks for a guess. */
export const asksForGuess = (source: string): boolean => /^\s*await guess\(/m.test(source);

export interface GuessCell {
  isCode: boolean;
  /** code, or Markdown */
  source: string;
}

/**
 * For each cell, the index of the question that it answers: the cells of code after a question, up
 * to the text that reads them, and texts in between. A heading begins something else.
 */
export function answeredQuestions(cells: readonly GuessCell[]): (number | undefined)[] {
  let question: number | undefined;
  let isDrawn = false;
  return cells.map(({ isCode, source }, at) => {
    if (isCode && asksForGuess(source)) {
      question = at;
      isDrawn = false;
      return undefined;
    }
    if (!isCode && source.startsWith("#")) question = undefined;
    const answers = question;
    if (isCode) isDrawn = true;
    else if (isDrawn) question = undefined;
    return answers;
  });
}
