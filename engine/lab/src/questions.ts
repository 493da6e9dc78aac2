/**
 * Questions that ask for a guess. A question that its cell's source holds shows at once, with its
 * choices: nothing runs for it. A guess then runs what the answer needs, the cell itself, whose own
 * view takes the question's place, and the cells that draw the answer. Where the run fills in a part of
 * the question, a button runs what it needs and asks.
 */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import type { CodeCell } from "@jupyterlab/cells";
import {
  INotebookTracker,
  NotebookActions,
  type Notebook,
  type NotebookPanel,
} from "@jupyterlab/notebook";
import { answeredQuestions, asksForGuess } from "cells/guess";
import { ANSWERED_EVENT, browserMemory, drawQuestion, readView } from "views";
import { button } from "./buttons";
import { focusCell, ownKeys } from "./keyboard";
import { failed, isCode, isOfExercise, LESSON, outputsOf, watchLessons } from "./lesson";
import { followNeeds, guessNote, importNeeds, needsLabel, needsOfAll, NOT_IMPORTED } from "./needs";
import { guessIn } from "./notebookData";
import { addSheet, addStyle } from "./page";
import { hasRun } from "./ran";
import { reveal } from "./reveal";
import { showStop } from "./stop";
import { VIEW_MIME } from "./views";

/** Where the view of the cell's run will stand. */
const CSS = `
.course-lesson .course-asked { padding-top: 5px; padding-left: calc(var(--jp-cell-collapser-width) + var(--course-prompt)); }
.course-asked-note { margin: 8px 0 2px; font-size: 13px; line-height: 1.5; color: var(--course-quiet); }
.course-asked-note:empty { display: none; }
`;

/** What the button of a question says that needs nothing. */
const ASK = "Guess";

/** The question that a cell's source holds. */
const questionIn = (cell: CodeCell) => {
  const source = cell.model.sharedModel.getSource();
  return asksForGuess(source) ? guessIn(source) : undefined;
};

/** Whether a cell's question shows ahead of its run. */
export const showsQuestion = (cell: CodeCell): boolean => questionIn(cell) !== undefined;

/** Whether a cell's run has asked its question. */
const hasAsked = (cell: CodeCell): boolean =>
  outputsOf(cell).some(({ data }) => readView(data[VIEW_MIME])?.view === "guess");

/** Whether a cell's outputs stand: those of an earlier kernel, too. */
const isDrawn = (content: Notebook, cell: CodeCell): boolean =>
  hasRun(content, cell) || (cell.model.outputs.length > 0 && !failed(cell));

/** The cells that draw a question's answer and don't show it yet. */
function answersTo(content: Notebook, question: CodeCell): CodeCell[] {
  const cells = content.widgets.map((cell) => ({
    isCode: isCode(cell),
    source: cell.model.sharedModel.getSource(),
  }));
  const questions = answeredQuestions(cells);
  const at = content.widgets.indexOf(question);
  return content.widgets
    .filter((_, i) => questions[i] === at)
    .filter(isCode)
    .filter((cell) => !isOfExercise(cell) && !isDrawn(content, cell));
}

/** Runs cells in order. @returns whether all have run; where another cell stopped it, says so */
async function runAll(panel: NotebookPanel, cells: CodeCell[], last: CodeCell): Promise<boolean> {
  const { content, sessionContext } = panel;
  const isDone = await NotebookActions.runCells(content, [...cells, last], sessionContext);
  const stopped = isDone ? undefined : cells.find(failed);
  if (stopped) showStop(content, stopped, true);
  return isDone;
}

/** Draws the answer to a question: runs the cells for it that haven't run, and what they need. */
async function drawAnswer(panel: NotebookPanel, question: CodeCell): Promise<void> {
  for (const cell of answersTo(panel.content, question)) {
    if (!(await runAll(panel, needsOfAll(panel, [cell]).cells, cell))) return;
  }
}

/**
 * Runs a question's cell after a guess, and then draws its answer.
 * @returns why it could not, or ""
 */
async function answer(panel: NotebookPanel, cell: CodeCell, hasGuessed: boolean): Promise<string> {
  const needs = needsOfAll(panel, [cell, ...answersTo(panel.content, cell)]);
  if (!(await importNeeds(panel, needs))) return NOT_IMPORTED;
  focusCell(panel, cell, "command"); // the question's buttons go
  if (!(await runAll(panel, needsOfAll(panel, [cell]).cells, cell))) return "";
  const skip = cell.outputArea.node.querySelector<HTMLElement>("[data-open] .course-skip");
  if (hasGuessed) await drawAnswer(panel, cell);
  else skip?.click(); // the view says when it shows the answer
  return "";
}

/** A question that its cell shows ahead of its run. */
interface ShownQuestion {
  host: HTMLElement;
  source: string;
  note: HTMLElement;
}
const shownIn = new WeakMap<CodeCell, ShownQuestion>();

/** The view that a cell's run will show, without what the run computes. */
function viewOf({ question, input }: NonNullable<ReturnType<typeof guessIn>>) {
  const { from, to, step = (Number(to) - Number(from)) / 100, unit } = input;
  const middle =
    Number(from) + Math.round((Number(to) - Number(from)) / 2 / Number(step)) * Number(step);
  const whole = input.input === "slider" ? { step, start: middle, ...input } : input;
  return { view: "guess", version: 1, caption: question, input: whole, unit };
}

function show(app: JupyterFrontEnd, panel: NotebookPanel, cell: CodeCell): void {
  const question = questionIn(cell);
  const wrapper = cell.node.querySelector(":scope > .jp-Cell-inputWrapper");
  if (!question || !wrapper) return;
  const host = document.createElement("div");
  const card = document.createElement("div");
  host.className = "course-asked jp-OutputArea";
  card.className = "jp-OutputArea-output course-figure";
  host.append(card);
  const run = (hasGuessed: boolean) => answer(panel, cell, hasGuessed);
  const figure = drawQuestion(card, viewOf(question), browserMemory, run);
  if (!figure) return;
  addStyle();
  ownKeys(card, app);
  const note = document.createElement("p");
  note.className = "course-asked-note";
  figure.append(note);
  wrapper.after(host);
  shownIn.set(cell, { host, note, source: cell.model.sharedModel.getSource() });
}

/** Shows a cell's question until its run has asked it. */
function update(app: JupyterFrontEnd, panel: NotebookPanel, cell: CodeCell): void {
  const shown = shownIn.get(cell);
  const isRunning = cell.model.executionState === "running";
  if (shown && shown.source === cell.model.sharedModel.getSource() && !hasAsked(cell)) return;
  shown?.host.remove();
  shownIn.delete(cell);
  if (hasAsked(cell) || isRunning) return; // a run that asks again would be ahead of its own view
  show(app, panel, cell);
  updateNote(panel, cell);
}

/** Says below a question what a guess runs. */
function updateNote(panel: NotebookPanel, cell: CodeCell): void {
  const note = shownIn.get(cell)?.note;
  if (!note) return;
  const says = guessNote(needsOfAll(panel, [cell, ...answersTo(panel.content, cell)]));
  if (note.textContent !== says) note.textContent = says;
}

/** Runs what a question needs and asks it. */
async function ask(panel: NotebookPanel, cell: CodeCell, asks: HTMLButtonElement): Promise<void> {
  const { content } = panel;
  const needs = needsOfAll(panel, [cell]);
  focusCell(panel, cell, "command");
  asks.textContent = "Running what it needs …";
  if (!(await importNeeds(panel, needs))) return void (asks.textContent = NOT_IMPORTED);
  if (!(await runAll(panel, needs.cells, cell))) return;
  focusCell(panel, cell, "command"); // the button is gone
  await reveal(content, () => cell.node.querySelector(".jp-OutputArea"));
}

/**
 * Adds the button that asks a folded cell's question, and says what else it runs; CSS hides it once
 * the question shows.
 */
export function addAskButton(
  app: JupyterFrontEnd,
  panel: NotebookPanel,
  cell: CodeCell,
  content: HTMLElement,
): void {
  if (content.parentElement!.querySelector(".course-ask")) return;
  const asks = button(ASK, () => ask(panel, cell, asks).finally(label));
  const label = () => {
    if (asks.ariaDisabled === "true") return;
    const needs = needsOfAll(panel, [cell]);
    const isReady = needs.cells.length === 0 && needs.unwritten.length === 0;
    asks.textContent = isReady ? ASK : needsLabel(needs, "ask");
  };
  asks.className = "course-ask";
  asks.addEventListener("click", (event) => event.stopPropagation()); // it would unfold the code
  ownKeys(asks, app);
  content.parentElement!.append(asks);
  followNeeds(panel, cell, label);
}

/** Draws answers whose readers asked for them in the view of a cell that has run. */
function watchAnswers(panel: NotebookPanel): void {
  const { content } = panel;
  content.node.addEventListener(ANSWERED_EVENT, ({ target }) => {
    const cell = content.widgets.find(({ node }) => node.contains(target as Node));
    if (cell && isCode(cell) && panel.hasClass(LESSON)) void drawAnswer(panel, cell);
  });
}

export const questions: JupyterFrontEndPlugin<void> = {
  id: "foundation-models-lab:questions",
  description: "Shows questions ahead of their cells' runs, and draws their answers after a guess",
  autoStart: true,
  requires: [INotebookTracker],
  activate: (app: JupyterFrontEnd, tracker: INotebookTracker): void => {
    addSheet("course-questions-style", CSS);
    tracker.widgetAdded.connect((_, panel) => watchAnswers(panel));
    watchLessons(tracker, (cell, panel) => {
      if (!isCode(cell)) return;
      const look = () => update(app, panel, cell);
      void cell.ready.then(look);
      for (const changed of [cell.model.contentChanged, cell.model.outputs.changed]) {
        changed.connect(look);
      }
      cell.model.stateChanged.connect(look);
      if (showsQuestion(cell)) followNeeds(panel, cell, () => updateNote(panel, cell));
    });
  },
};
