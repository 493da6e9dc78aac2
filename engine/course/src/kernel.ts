/**
 * The link to the kernel that runs the notebook (engine/cells/src/link.ts). Without one, as in a
 * script, outputs are printed as text.
 */

/** One output in several formats, { "text/html": …, "text/plain": … }: the best known is shown. */
export type MimeBundle = Record<string, unknown> & { "text/plain": string };

/** Who answers what a page asks; see engine/cells/src/link.ts. */
export interface CommTarget {
  takes(data: unknown): boolean;
  answer(data: unknown, opened: unknown): Promise<unknown>;
}

/** A line of a cell; see engine/cells/src/errors.ts. */
export interface CellLine {
  line: number;
  text: string;
}

interface JupyterKernel {
  /** The notebook's. */
  folder: string;
  /** Absent where an older kernel, still running, loads this package. */
  namesOf?(value: unknown): string[];
  /** Absent likewise. */
  call?<T>(f: () => T): T;
  /** Absent likewise. */
  isInterrupt?(thrown: unknown): boolean;
  /** Absent likewise. */
  lineOf?(thrown: unknown): CellLine | undefined;
  signal(): AbortSignal;
  display(data: MimeBundle, metadata: object, id: string | undefined, update: boolean): void;
  serve(name: string, target: CommTarget): void;
  beforeEnd(call: () => void): void;
  isUncompiled?(name: string): boolean;
}

const currentKernel = () =>
  (globalThis as Record<symbol, unknown>)[Symbol.for("course.kernel")] as JupyterKernel | undefined;

/** For a terminal: one line up, and clear it. */
const REPLACE = "\x1b[1A\x1b[2K";

/**
 * Adds an output to the running cell.
 * @param id a name under which the output can be replaced
 * @param update whether to replace the output with that id
 */
export function display(data: MimeBundle, id?: string, update = false): void {
  const running = currentKernel();
  if (running) return running.display(data, {}, id, update);
  if (update && !process.stdout.isTTY) return; // a log keeps the first state only
  console.log((update ? REPLACE : "") + data["text/plain"]);
}

/** Aborted when the student stops the running cell. */
export const cellSignal = (): AbortSignal =>
  currentKernel()?.signal() ?? new AbortController().signal;

/**
 * Calls a function so that the student's stop ends it even after the cell has waited for something:
 * it then throws what `isStop` knows. In a browser, a stop ends the whole kernel.
 */
export function callStoppably<T>(f: () => T): T {
  const running = currentKernel();
  return running?.call ? running.call(f) : f();
}

/** Whether a student's stop threw this. */
export const isStop = (thrown: unknown): boolean => currentKernel()?.isInterrupt?.(thrown) ?? false;

/** The line of a cell in which this was thrown; undefined where no cell is on its stack. */
export const lineOf = (thrown: unknown): CellLine | undefined => currentKernel()?.lineOf?.(thrown);

/** The folder of the notebook that runs. */
export const notebookFolder = (): string => currentKernel()?.folder ?? process.cwd();

/** The names under which the notebook's cells hold a value; none without a kernel. */
export const notebookNames = (value: unknown): string[] => currentKernel()?.namesOf?.(value) ?? [];

/** Handles a page's requests to this target. Without a kernel there are no requests. */
export const serve = (name: string, target: CommTarget): void =>
  currentKernel()?.serve(name, target);

/** Calls once before the running cell ends; at once where there is no cell. */
export function beforeEnd(call: () => void): void {
  const running = currentKernel();
  if (running) running.beforeEnd(call);
  else call();
}

/**
 * Whether the cell that last tried to define this name has an error of syntax, so that the name
 * still has its older value, if any.
 */
export const isUncompiled = (name: string): boolean =>
  currentKernel()?.isUncompiled?.(name) ?? false;
