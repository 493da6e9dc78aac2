/** Cells that ask for a guess, and those that give its answer away. Runs in pages, too. */

/** Whether a cell's code asks for a guess. */
export const asksForGuess = (source: string): boolean => /^\s*await guess\(/m.test(source);

export interface GuessCell {
  isCode: boolean;
  /** code, or Markdown */
  source: string;
}

/** Figures and the text that reads them: the first shows what came out, and the next says why. */
const MAX_ROUNDS = 2;

/**
 * For each cell, the index of the question that it answers: the cells of code after a question, the
 * text that reads them, and the same once more. A heading begins something else.
 */
export function answeredQuestions(cells: readonly GuessCell[]): (number | undefined)[] {
  let question: number | undefined;
  let rounds = 0;
  let isDrawn = false;
  return cells.map(({ isCode, source }, at) => {
    if (isCode && asksForGuess(source)) {
      [question, rounds, isDrawn] = [at, 0, false];
      return undefined;
    }
    const isOver = rounds === MAX_ROUNDS || (rounds > 0 && !isDrawn && !isCode);
    if (isOver || (!isCode && source.startsWith("#"))) question = undefined;
    const answers = question;
    if (isDrawn && !isCode) rounds++;
    isDrawn = isCode;
    return answers;
  });
}

/** The indices of the texts that answer a question after its first text, which announces them. */
export function furtherTexts(
  cells: readonly GuessCell[],
  questions: readonly (number | undefined)[],
): Set<number> {
  const announced = new Set<number>();
  const further = new Set<number>();
  questions.forEach((question, i) => {
    if (question === undefined || cells[i]!.isCode) return;
    if (announced.has(question)) further.add(i);
    announced.add(question);
  });
  return further;
}
