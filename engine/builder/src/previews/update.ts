/** Makes a lesson's previews anew: runs the cells that may have one, and keeps what is the same. */
import type { Lesson } from "../lesson/model.js";
import { solvedNotebook } from "../lesson/notebook.js";
import { areEqual, figuresOf, type Figure, type NotebookOutput } from "./figures.js";
import {
  type Candidate,
  candidatesOf,
  choosePreviews,
  currentPreviews,
  type DrawnFigures,
  writePreviews,
} from "./previews.js";

interface Notebook {
  cells: { id: string; outputs?: NotebookOutput[] }[];
}

/** What the cells of a notebook that ran have drawn, by id. */
export const drawnIn = ({ cells }: Notebook): Map<string, Figure[]> =>
  new Map(cells.map(({ id, outputs = [] }) => [id, figuresOf(outputs)]));

/** Runs a notebook. @returns what its cells drew, or the first cell that failed */
type RunNotebook = (notebook: string) => Promise<DrawnFigures | { cell?: string; error: string }>;

/** @param solved what the cells of the solved notebook drew */
export async function updatePreviews(
  lesson: Lesson,
  solved: DrawnFigures,
  run: RunNotebook,
): Promise<void> {
  const drawing = [...candidatesOf(lesson)].filter(([id]) => (solved.get(id) ?? []).length > 0);
  const candidates = new Map(drawing);
  const alone = await runAlone(lesson, candidates, run);
  const again = await runUnlike(lesson, candidates, { solved, alone, run });
  const here = new Map([...solved, ...again, ...measuredIn(lesson)]);
  writePreviews(lesson.folder, choosePreviews(candidates, here, alone));
}

/** Times are kept as long as their code stays, so that a run changes what its author changed. */
const measuredIn = (lesson: Lesson): [string, Figure[]][] =>
  Object.entries(currentPreviews(lesson).previews).flatMap(([id, { measured, figures }]) =>
    measured ? [[id, figures]] : [],
  );

/**
 * Runs again what the solved notebook, which may have weights, draws differently than a run without
 * them: the figures of two runs without weights are to agree.
 */
async function runUnlike(
  lesson: Lesson,
  candidates: ReadonlyMap<string, Candidate>,
  { solved, alone, run }: { solved: DrawnFigures; alone: DrawnFigures; run: RunNotebook },
): Promise<DrawnFigures> {
  const unlike = [...candidates].filter(
    ([id, { withoutWeights }]) =>
      withoutWeights && !areEqual(solved.get(id) ?? [], alone.get(id) ?? []),
  );
  const again = await runAlone(lesson, new Map(unlike), run);
  return new Map(unlike.map(([id]) => [id, again.get(id) ?? []]));
}

/**
 * Runs the cells that may have a preview, and those that they need, without the rest of the lesson.
 * A cell that fails without the rest gets no preview, and the others run again.
 */
async function runAlone(
  lesson: Lesson,
  candidates: ReadonlyMap<string, Candidate>,
  run: RunNotebook,
): Promise<DrawnFigures> {
  let needs = [...candidates.values()].map((candidate) => candidate.needs);
  while (needs.length > 0) {
    const wanted = new Set(needs.flat());
    const notebook = JSON.parse(solvedNotebook(lesson)) as Notebook;
    const cells = notebook.cells.filter(({ id }) => wanted.has(id));
    const result = await run(JSON.stringify({ ...notebook, cells }));
    if (!("error" in result)) return result;
    const without = needs.filter((ids) => !ids.includes(result.cell ?? ""));
    if (without.length === needs.length) throw new Error(`${lesson.id}: ${result.error}`);
    needs = without;
  }
  return new Map();
}
