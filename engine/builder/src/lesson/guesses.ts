/** Which of a lesson's cells give away what a guess asks for. */
import { answeredQuestions, type GuessCell } from "cells/guess";
import type { Cell } from "./model.js";

/** A cell as its notebook has it; exercises and questions begin with a heading. */
function guessCell(cell: Cell): GuessCell {
  switch (cell.kind) {
    case "text":
      return { isCode: false, source: cell.markdown };
    case "code":
    case "given":
      return { isCode: true, source: cell.code };
    case "exercise":
    case "written":
      return { isCode: false, source: "### " };
  }
}

/** For each cell, the index of the question that it answers. */
export const questionsOf = (cells: Cell[]): (number | undefined)[] =>
  answeredQuestions(cells.map(guessCell));
