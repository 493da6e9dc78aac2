/**
 * What a kernel does with cells: compile, run, show the value, say what is wrong. Where it runs
 * (Node or a browser's worker) is the `Place`.
 */
import { createComms, type Target } from "./comms";
import { compileCell, type CompiledCell } from "./compile";
import type { Link } from "./link";
import type { Ran } from "./note";
import { whereToRun, type NotebookCell } from "./notebook";
import { positionsOf, type Position } from "./positions";
import { runCell, type Machine, type CellOutcome } from "./run";
import { createScope, type Scope } from "./scope";
import type { StreamName } from "./stream";
import { describeThrown, sentenceOf } from "./thrown";
import { completenessOf } from "./unfinished";
import { INTERRUPTED, syntaxFailure, type Failure } from "./words";

/** Where a cell's output goes. */
export interface Output {
  started(code: string, count: number): void;
  write(stream: StreamName, text: string): void;
  flush(): void;
  display(content: object, update?: boolean): void;
}

/** How a request wants its code to run, as Jupyter's protocol says it. */
export interface Wish {
  /** Nothing is shown, not even an error, which the reply alone tells. */
  silent?: boolean;
  /** False for code that is no cell: it gets no number. Silent code never gets one. */
  store_history?: boolean;
}

/** What differs between Node and a browser. */
export interface Place<O extends Output = Output> {
  link: Link;
  machine: Machine;
  /** The cells of the notebook that runs; `sources` are those that have run. */
  findNotebook(sources: readonly string[]): readonly NotebookCell[] | undefined;
  inspect(value: unknown): string;
  isError(value: unknown): value is Error;
  /** A frame of a stack as it is shown, see thrown.ts. */
  keep(line: string): string | undefined;
  /** Whether this is the place's own way to say that a running cell was interrupted. */
  isInterrupt(thrown: unknown): boolean;
  /** Shows the value that a cell ends with, which is neither undefined nor null. */
  show(value: unknown, output: O, count: number): void | Promise<void>;
  /** Lets what waits in the event loop happen. */
  turn(): Promise<unknown>;
  /** Called before a cell begins, or code without a number, which is no cell. */
  begins?(count: number | undefined, output: O): void;
  /** Called when a cell has run: has its types checked, and its note shown in its output. */
  check(cell: Ran, output: O): void;
}

interface Kernel<O extends Output> {
  place: Place<O>;
  scope: Scope;
  /** cell-3, or aside-1 for code without a number → its positions */
  positions: Map<string, (at: Position) => Position | undefined>;
  /** Of all cells that were sent. */
  sources: string[];
  /** Of cells that have a number. */
  count: number;
  /** Of code that has none. */
  asides: number;
  /** Of the cell that runs, or ran last. */
  output: O | undefined;
}

export type Session<O extends Output = Output> = ReturnType<typeof createSession<O>>;

/** @param folder the notebook's */
export function createSession<O extends Output>(place: Place<O>, folder: string) {
  const { link } = place;
  const kernel: Kernel<O> = {
    place,
    scope: createScope(),
    positions: new Map(),
    sources: [],
    count: 0,
    asides: 0,
    output: undefined,
  };
  link.open((content, update) => kernel.output?.display(content, update), folder);

  return {
    async execute(code: string, output: O, wish: Wish = {}) {
      const last = kernel.output;
      const file = begin(kernel, code, output, wish);
      // whatever goes wrong in here, the cell ends and the next one runs
      const failed = (e: unknown) => describe(kernel, e);
      const failure = await run(kernel, code, file).catch(failed);
      if (wish.silent) kernel.output = last; // what earlier cells left running is heard again
      return { count: kernel.count, failure };
    },
    comms: createComms((name) => answering(kernel, link.targetOf(name))),
    completeness: completenessOf,
    /** Where output goes that no cell is waiting for. */
    output: () => kernel.output,
    describe: (thrown: unknown) => describe(kernel, thrown),
  };
}

/** @returns the name of the code in stacks */
function begin<O extends Output>(kernel: Kernel<O>, code: string, output: O, wish: Wish): string {
  const isCell = !wish.silent && wish.store_history !== false;
  kernel.output = output;
  kernel.sources.push(code);
  if (isCell) kernel.count++;
  kernel.place.link.newSignal();
  output.started(code, kernel.count);
  kernel.place.begins?.(isCell ? kernel.count : undefined, output);
  return isCell ? `cell-${kernel.count}` : `aside-${++kernel.asides}`;
}

async function run<O extends Output>(
  kernel: Kernel<O>,
  code: string,
  file: string,
): Promise<Failure | undefined> {
  const { scope, place, count } = kernel;
  const output = kernel.output!;
  const isGlobal = (name: string) => name in globalThis;
  const cell = compileCell(code, { isDefined: scope.has, isGlobal });
  if ("faults" in cell) return syntaxFailure(cell.faults, code);
  kernel.positions.set(file, positionsOf(cell));
  const outcome = await runCell(cell, file, scope, place.machine);
  if ("refused" in outcome) return refusal(outcome.refused as Error, cell, code);
  place.link.beforeEnd();
  const value = "value" in outcome ? outcome.value : undefined;
  if (value !== undefined && value !== null) await place.show(value, output, count);
  output.flush();
  // results are seen, and lost promises told, before the types take their time
  await place.turn();
  const hasThrown = "thrown" in outcome;
  const isStopped = hasThrown && (place.isInterrupt(outcome.thrown) || place.link.wasStopped());
  place.check(ranAs(code, outcome, scope, isStopped), output);
  if (isStopped) return INTERRUPTED;
  return hasThrown ? describe(kernel, outcome.thrown) : undefined;
}

/** The engine does not take a cell for JavaScript; TypeScript mostly knows where and why. */
function refusal({ message }: Error, { doubts }: CompiledCell, code: string): Failure {
  if (doubts.length > 0) return syntaxFailure(doubts, code);
  return { ename: "SyntaxError", evalue: message, traceback: [`SyntaxError: ${message}`] };
}

function ranAs(code: string, outcome: CellOutcome, scope: Scope, isStopped: boolean): Ran {
  const ran = { code, names: scope.names(), isStopped };
  if (!("thrown" in outcome)) return { ...ran, lost: [] };
  const { thrown, lost } = outcome;
  return { ...ran, lost, thrown: String((thrown as Error | undefined)?.message) };
}

/** Which cell to run for a name; asked for only when one is missing. */
function whereOf<O extends Output>({ sources, place }: Kernel<O>, name: string) {
  const cells = place.findNotebook(sources);
  return cells && whereToRun(name, cells, sources.at(-1)!);
}

const describe = <O extends Output>(kernel: Kernel<O>, thrown: unknown): Failure =>
  describeThrown(thrown, {
    ...kernel.place,
    find: (file) => kernel.positions.get(file),
    where: (name) => whereOf(kernel, name),
  });

/**
 * A target whose answers the student can stop like a cell, and whose errors become
 * `{ failed: sentence }`.
 */
function answering<O extends Output>(kernel: Kernel<O>, target: Target | undefined) {
  const { link, machine, isInterrupt } = kernel.place;
  if (!target) return undefined;
  return {
    takes: target.takes,
    async answer(data: unknown, opened: unknown): Promise<unknown> {
      link.newSignal();
      try {
        const answer = machine.call(() => target.answer(data, opened));
        return await machine.wait(Promise.resolve(answer));
      } catch (e) {
        if (isInterrupt(e) || link.wasStopped()) return { failed: "It was stopped." };
        return { failed: sentenceOf(describe(kernel, e)) };
      }
    },
  };
}
