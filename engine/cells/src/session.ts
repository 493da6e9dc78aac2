/** A kernel's session: compiles and runs cells, shows their values and reports errors. Node or a
 * browser's worker provides the `KernelHost`.
 */
import { compileCell, parseCell, type CompiledCell } from "./compile";
import type { ExecutedCell } from "./checker";
import { intendedNames } from "./declarations";
import {
  cellLine,
  describeThrown,
  INTERRUPTED,
  positionsOf,
  sentenceOf,
  syntaxFailure,
  type Failure,
  type Position,
} from "./errors";
import { createComms, type Display, type Link, type Target } from "./link";
import { whereToRun, type NotebookCell } from "./notebook";
import { completeness, type StreamName } from "./protocol";
import { createScope, runCell, type CellOutcome, type Runtime, type Scope } from "./run";

/** Receives a cell's output. */
export interface Output {
  started(code: string, count: number): void;
  write(stream: StreamName, text: string): void;
  flush(): void;
  display(content: object, update?: boolean): void;
}

/** Options of a request to run code, named as in Jupyter's protocol. */
export interface ExecuteOptions {
  /** Shows nothing, not even an error: only the reply has it. */
  silent?: boolean;
  /** False for code that is no cell: it gets no number. Silent code never gets one. */
  store_history?: boolean;
}

/** The services of Node or of the browser's worker that a session uses. */
export interface KernelHost<O extends Output = Output> {
  link: Link;
  runtime: Runtime;
  /** The cells of the notebook that runs; `sources` are those that have run. */
  findNotebook(sources: readonly string[]): readonly NotebookCell[] | undefined;
  inspect(value: unknown): string;
  isError(value: unknown): value is Error;
  /** How a frame outside of cells is shown; undefined for one that does not help a student. */
  formatFrame(line: string): string | undefined;
  /** Whether this is what the runtime throws when it interrupts a running cell. */
  isInterrupt(thrown: unknown): boolean;
  /** Shows the value that a cell ends with, which is neither undefined nor null. */
  showValue(value: unknown, output: O, count: number): void | Promise<void>;
  /** Lets events that wait be handled, such as rejected promises. */
  yieldToEventLoop(): Promise<unknown>;
  /** Called before a cell begins, or code without a number, which is no cell. */
  onStart?(count: number | undefined, output: O): void;
  /** Called after a cell has run: checks its types and shows the note in its output. */
  checkTypes(cell: ExecutedCell, output: O): void;
}

interface CellText {
  code: string;
  toCell: (at: Position) => Position | undefined;
}

interface SessionState<O extends Output> {
  host: KernelHost<O>;
  scope: Scope;
  /** cell-3, or aside-1 for code without a number → its text, and where compiled code comes from */
  cells: Map<string, CellText>;
  /** Of all cells that were sent. */
  sources: string[];
  /** Of cells that have a number. */
  count: number;
  /** Of code that has none. */
  unnumberedCount: number;
  /** Of the cell that runs, or ran last. */
  output: O | undefined;
}

export type Session<O extends Output = Output> = ReturnType<typeof createSession<O>>;

/** @param folder the notebook's */
export function createSession<O extends Output>(host: KernelHost<O>, folder: string) {
  const { link } = host;
  const state: SessionState<O> = {
    host,
    scope: createScope(),
    cells: new Map(),
    sources: [],
    count: 0,
    unnumberedCount: 0,
    output: undefined,
  };
  const { scope } = state;
  const namesOf = (value: unknown) => scope.names().filter((name) => scope.values[name] === value);
  const display: Display = (content, update) => state.output?.display(content, update);
  const { isError, isInterrupt, runtime } = host;
  const lineOf = (thrown: unknown) =>
    isError(thrown) ? cellLine(String(thrown.stack), (file) => state.cells.get(file)) : undefined;
  link.open(display, folder, namesOf, { call: runtime.call, isInterrupt, lineOf });

  return {
    async execute(code: string, output: O, options: ExecuteOptions = {}) {
      const last = state.output;
      const file = startCell(state, code, output, options);
      // an error in the kernel itself must not keep the next cell from running
      const failed = (e: unknown) => describe(state, e);
      const failure = await run(state, code, file).catch(failed);
      // what earlier cells left running prints below the last visible one again
      if (options.silent) state.output = last;
      return { count: state.count, failure };
    },
    comms: createComms((name) => stoppableTarget(state, link.targetOf(name))),
    completeness,
    /** The output of the cell that runs, or ran last. */
    output: () => state.output,
    describe: (thrown: unknown) => describe(state, thrown),
  };
}

/** @returns the name of the code in stacks */
function startCell<O extends Output>(
  state: SessionState<O>,
  code: string,
  output: O,
  options: ExecuteOptions,
): string {
  const isCell = !options.silent && options.store_history !== false;
  state.output = output;
  state.sources.push(code);
  if (isCell) state.count++;
  state.host.link.newSignal();
  output.started(code, state.count);
  state.host.onStart?.(isCell ? state.count : undefined, output);
  return isCell ? `cell-${state.count}` : `aside-${++state.unnumberedCount}`;
}

async function run<O extends Output>(
  state: SessionState<O>,
  code: string,
  file: string,
): Promise<Failure | undefined> {
  const { scope, host, count } = state;
  const output = state.output!;
  const isGlobal = (name: string) => name in globalThis;
  const cell = compileCell(code, { isDefined: scope.has, isGlobal });
  if ("diagnostics" in cell) {
    host.link.cellFailed(intendedNames(code, parseCell(code)));
    return syntaxFailure(cell.diagnostics, code);
  }
  state.cells.set(file, { code, toCell: positionsOf(cell) });
  const outcome = await runCell(cell, file, scope, host.runtime);
  if ("syntaxError" in outcome) {
    host.link.cellFailed(cell.names);
    return syntaxErrorOf(outcome.syntaxError as Error, cell, code);
  }
  host.link.cellRan(cell.names);
  host.link.beforeEnd();
  const value = "value" in outcome ? outcome.value : undefined;
  if (value !== undefined && value !== null) await host.showValue(value, output, count);
  output.flush();
  // the student sees results and rejected promises before the type check takes its time
  await host.yieldToEventLoop();
  const hasThrown = "thrown" in outcome;
  const isStopped = hasThrown && (host.isInterrupt(outcome.thrown) || host.link.wasStopped());
  host.checkTypes(executedCell(code, outcome, scope, isStopped), output);
  if (isStopped) return INTERRUPTED;
  return hasThrown ? describe(state, outcome.thrown) : undefined;
}

/** The engine rejects a cell as JavaScript; TypeScript mostly knows where and why. */
function syntaxErrorOf(
  { message }: Error,
  { grammarDiagnostics }: CompiledCell,
  code: string,
): Failure {
  if (grammarDiagnostics.length > 0) return syntaxFailure(grammarDiagnostics, code);
  return { ename: "SyntaxError", evalue: message, traceback: [`SyntaxError: ${message}`] };
}

function executedCell(
  code: string,
  outcome: CellOutcome,
  scope: Scope,
  isStopped: boolean,
): ExecutedCell {
  const cell = { code, definedNames: scope.names(), isStopped };
  if (!("thrown" in outcome)) return { ...cell, unassigned: [] };
  const { thrown, unassigned } = outcome;
  const errorMessage = String((thrown as Error | undefined)?.message);
  return { ...cell, unassigned, errorMessage };
}

/** Finds the cell to run for a missing name. */
function whereOf<O extends Output>({ sources, host }: SessionState<O>, name: string) {
  const cells = host.findNotebook(sources);
  return cells && whereToRun(name, cells, sources.at(-1)!);
}

const describe = <O extends Output>(state: SessionState<O>, thrown: unknown): Failure =>
  describeThrown(thrown, {
    ...state.host,
    positionsOf: (file) => state.cells.get(file)?.toCell,
    whereDefined: (name) => whereOf(state, name),
  });

/**
 * Wraps a target: the student can stop its responses like a cell, and its errors become
 * `{ failed: sentence }`.
 */
function stoppableTarget<O extends Output>(state: SessionState<O>, target: Target | undefined) {
  const { link, runtime, isInterrupt } = state.host;
  if (!target) return undefined;
  return {
    takes: target.takes,
    async answer(data: unknown, opened: unknown): Promise<unknown> {
      link.newSignal();
      try {
        const answer = runtime.call(() => target.answer(data, opened));
        return await runtime.wait(Promise.resolve(answer));
      } catch (e) {
        if (isInterrupt(e) || link.wasStopped()) return { failed: "It was stopped." };
        return { failed: sentenceOf(describe(state, e)) };
      }
    },
  };
}
