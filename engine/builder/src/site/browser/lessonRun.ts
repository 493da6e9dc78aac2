/**
 * A lesson that runs on its page: the kernel, the lesson's cells, and which of them have run.
 * Cells run one after another, however many figures and exercises ask.
 */
import {
  startPageKernel,
  type Channel,
  type ChannelListener,
  type PageKernel,
  type PageOutput,
} from "browser/client";
import { CHECK_MIME, readCheck } from "cells/checkData";
import { cellsNeeded } from "cells/needed";

/** What the page says about itself in attributes of its root element. */
export interface SiteAddresses {
  /** The address of the folder `run`. */
  run: string;
  /** The path at which the site is served. */
  base: string;
  /** The lesson's id. */
  lesson: string;
}

interface LessonCell {
  id: string;
  role: string;
  /** Of an exercise and its check. */
  name: string;
  source: string;
}

export interface LessonRun {
  /**
   * Runs a cell of the lesson, and first the cells that it needs.
   * @param signal stops the cell that runs, and runs no other
   * @returns its outputs
   * @throws with a sentence when a cell fails
   */
  runCell(id: string, say: (status: string) => void, signal?: AbortSignal): Promise<PageOutput[]>;
  /**
   * Runs an answer to an exercise, and then the exercise's check.
   * @returns what the check shows, or what the answer shows when it fails
   */
  runCheck(name: string, answer: string, say: (status: string) => void): Promise<PageOutput[]>;
  /** The exercise as the notebook gives it. */
  stubOf(name: string): string;
  open(target: string, data: Record<string, unknown>, listener: ChannelListener): Channel;
  stop(): void;
}

/** The course's function in place of an exercise that isn't written. */
const courseVersion = (name: string) => `import { ${name} } from "solutions";`;

interface State {
  kernel: PageKernel;
  cells: LessonCell[];
  /** Sources of cells that have run, by id. */
  ran: Map<string, string>;
  /** The reader's answers that have run, by exercise. */
  answers: Map<string, string>;
  last: Promise<unknown>;
}

/**
 * @param warn shows a sentence about what the browser can't keep
 * @param onRestart called when all that has run is lost
 * @throws with a sentence when the lesson can't be loaded
 */
export async function startLesson(
  { run, base, lesson }: SiteAddresses,
  warn: (message: string) => void,
  onRestart: () => void,
): Promise<LessonRun> {
  const ran = new Map<string, string>();
  const cells = await loadCells(new URL(`files/${lesson}.ipynb`, run));
  const kernel = await startPageKernel({
    run,
    base,
    warn,
    onRestart() {
      ran.clear();
      onRestart();
    },
  });
  const state: State = { kernel, cells, ran, answers: new Map(), last: Promise.resolve() };
  return {
    runCell: (id, say, signal) =>
      inTurn(state, () => untilAborted(state, signal, () => runCell(state, id, say))),
    runCheck: (name, answer, say) => inTurn(state, () => runCheck(state, name, answer, say)),
    stubOf: (name) => exerciseOf(cells, name).source,
    open: (...channel) => kernel.open(...channel),
    stop: () => kernel.stop(),
  };
}

function inTurn<T>(state: State, task: () => Promise<T>): Promise<T> {
  const next = state.last.then(task);
  state.last = next.catch(() => undefined);
  return next;
}

/** Does a task; an abort stops the kernel, which ends the task. */
async function untilAborted<T>(
  { kernel }: State,
  signal: AbortSignal | undefined,
  task: () => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted();
  const stop = () => kernel.stop();
  signal?.addEventListener("abort", stop);
  try {
    return await task();
  } finally {
    signal?.removeEventListener("abort", stop);
  }
}

interface NotebookCell {
  id: string;
  cell_type: string;
  source: string | string[];
  metadata: { course?: { role?: string; name?: string } };
}

async function loadCells(address: URL): Promise<LessonCell[]> {
  const response = await fetch(address).catch(() => undefined);
  if (!response?.ok) throw new Error("The lesson could not be loaded: is there a network?");
  const { cells } = (await response.json()) as { cells: NotebookCell[] };
  return cells
    .filter(({ cell_type }) => cell_type === "code")
    .map(({ id, source, metadata: { course } }) => ({
      id,
      role: course?.role ?? "",
      name: course?.name ?? "",
      source: Array.isArray(source) ? source.join("") : source,
    }));
}

/** What runs for a cell: for an exercise the reader's answer, or else the course's function. */
function codeOf({ answers }: State, { role, name, source }: LessonCell): string {
  if (role === "check") return "";
  return role === "exercise" ? (answers.get(name) ?? courseVersion(name)) : source;
}

function exerciseOf(cells: LessonCell[], name: string): LessonCell {
  const found = cells.find((cell) => cell.role === "exercise" && cell.name === name);
  if (!found) throw new Error(`The lesson has no exercise ${name}: reload the page.`);
  return found;
}

async function runCell(
  state: State,
  id: string,
  say: (status: string) => void,
): Promise<PageOutput[]> {
  const at = state.cells.findIndex((cell) => cell.id === id);
  if (at < 0) throw new Error("The lesson has no such cell: reload the page.");
  await runNeeded(state, at, say);
  say("Running …");
  const code = codeOf(state, state.cells[at]!);
  const { outputs, failure } = await runCode(state, code);
  if (failure !== undefined) throw new Error(failure);
  state.ran.set(id, code);
  return outputs;
}

async function runCheck(
  state: State,
  name: string,
  answer: string,
  say: (status: string) => void,
): Promise<PageOutput[]> {
  const exercise = exerciseOf(state.cells, name);
  const check = state.cells.find((cell) => cell.role === "check" && cell.name === name);
  state.answers.set(name, answer);
  state.ran.delete(exercise.id);
  await runNeeded(state, state.cells.indexOf(exercise), say);
  say("Running your code …");
  const own = await runCode(state, answer);
  if (own.failure !== undefined) {
    state.answers.delete(name);
    return own.outputs;
  }
  state.ran.set(exercise.id, answer);
  if (!check) return own.outputs;
  say("Checking …");
  const { outputs } = await runCode(state, check.source);
  if (!outputs.some(hasPassed)) {
    // figures need a function that works; the next cell that needs it gets the course's
    state.answers.delete(name);
    state.ran.delete(exercise.id);
  }
  return [...own.outputs, ...outputs];
}

function hasPassed({ content }: PageOutput): boolean {
  const data = content.data as Record<string, unknown> | undefined;
  return readCheck(data?.[CHECK_MIME])?.passed === true;
}

/** Runs what a cell needs and hasn't run yet, in order; the imports always. */
async function runNeeded(state: State, at: number, say: (status: string) => void): Promise<void> {
  const { cells, ran } = state;
  const sources = cells.map((cell) => {
    const source = codeOf(state, cell);
    return { source, hasRun: ran.get(cell.id) === source };
  });
  const setup = cells.findIndex((cell) => cell.role === "setup");
  const needed = new Set(cellsNeeded(sources, at));
  if (setup >= 0 && setup < at && !sources[setup]!.hasRun) needed.add(setup);
  const order = [...needed].sort((a, b) => a - b);
  const start = performance.now();
  for (const [done, index] of order.entries()) {
    const left = timeLeft((performance.now() - start) / 1000, done, order.length);
    say(`Running what it needs, cell ${done + 1} of ${order.length}${left} …`);
    const { failure } = await runCode(state, sources[index]!.source);
    if (failure !== undefined) throw new Error(`A cell that it needs fails: ${failure}`);
    ran.set(cells[index]!.id, sources[index]!.source);
  }
}

/** Cells that have run before their time says something of those that haven't. */
const MIN_TIMED_CELLS = 3;

/** @param seconds what the cells that are done have taken */
function timeLeft(seconds: number, done: number, all: number): string {
  const left = Math.round((seconds / done) * (all - done));
  return done < MIN_TIMED_CELLS || left < 2 ? "" : `, about ${left} s left`;
}

async function runCode({ kernel }: State, code: string) {
  const outputs: PageOutput[] = [];
  const failure = await kernel.run(code, (output) => outputs.push(output));
  return { outputs, failure };
}
