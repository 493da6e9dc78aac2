/** An exercise and a question on a page: what is asked, what may be used, and hints that fold. */
import type { ExerciseCell, WrittenCell } from "../lesson/model.js";
import { codeBlock, escapeHtml } from "../render/markdown.js";
import { plural } from "../plural.js";
import { addHeading, anchorFor, renderText, type PageContext } from "./text.js";

/** @param withSolution whether its answer shows, folded */
export function renderExercise(
  exercise: ExerciseCell,
  paper: PageContext,
  withSolution: boolean,
): string {
  const { name, points, difficulty, minutes, statement, mayUse: offer, hints, stub } = exercise;
  const id = exerciseHeading(`Exercise: ${name}`, `<code>${escapeHtml(name)}</code>`, paper);
  const level = "●".repeat(difficulty) + "○".repeat(5 - difficulty);
  const costs = [
    plural(points, "point"),
    `difficulty <span role="img" aria-label="${difficulty} of 5">${level}</span>`,
    `about ${plural(minutes, "minute")}`,
  ];
  const parts = [
    `<p class="costs">${costs.join(" · ")}</p>`,
    renderText(statement, paper),
    offer === "" ? "" : renderText(offer, paper),
    '<p class="label">You start from</p>',
    codeBlock(stub, "ts", paper),
    ...hints.map((hint, i) => folded(`Hint ${i + 1} of ${hints.length}`, renderText(hint, paper))),
    withSolution ? folded("Solution", codeBlock(exercise.solution, "ts", paper)) : "",
  ];
  const title = `<h3 id="${id}" tabindex="-1">Exercise: <code>${escapeHtml(name)}</code></h3>`;
  return card(id, title, parts);
}

export function renderQuestion({ points, question }: WrittenCell, paper: PageContext): string {
  const id = exerciseHeading("Question", "Question", paper);
  const costs = `<p class="costs">${plural(points, "point")}, marked by hand</p>`;
  const title = `<h3 id="${id}" tabindex="-1">Question</h3>`;
  return card(id, title, [costs, renderText(question, paper)]);
}

/** @returns the anchor */
function exerciseHeading(text: string, html: string, paper: PageContext): string {
  const id = anchorFor(text, paper);
  addHeading({ id, level: 3, html, text }, paper);
  return id;
}

const card = (id: string, title: string, parts: string[]) =>
  `<div class="exercise" role="group" aria-labelledby="${id}">\n${title}\n` +
  `${parts.filter((part) => part !== "").join("\n")}\n</div>\n`;

const folded = (summary: string, html: string) =>
  `<details><summary>${summary}</summary>\n${html}</details>`;
