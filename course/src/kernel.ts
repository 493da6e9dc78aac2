/**
 * The link to the kernel that runs the notebook (tools/kernel/host.js). Without one, as in a
 * script, outputs are printed as text.
 */

/**
 * One output in several formats, of which the reader's program shows the best it knows: {
 * "text/html": …, "text/plain": … }.
 */
export type Bundle = Record<string, unknown> & { "text/plain": string };

interface Kernel {
  signal(): AbortSignal;
  display(data: Bundle, metadata: object, id: string | undefined, update: boolean): void;
}

const kernel = () =>
  (globalThis as Record<symbol, unknown>)[Symbol.for("course.kernel")] as Kernel | undefined;

/**
 * Adds an output to the running cell.
 * @param id a name under which the output can be replaced
 * @param update replaces the output of that id
 */
export function display(data: Bundle, id?: string, update = false): void {
  const k = kernel();
  if (k) return k.display(data, {}, id, update);
  if (update && !process.stdout.isTTY) return; // a log keeps the first of the states
  console.log(`${update ? "\x1b[1A\x1b[2K" : ""}${data["text/plain"]}`); // one line up, cleared
}

/** Aborted when the student stops the running cell. */
export const cellSignal = (): AbortSignal => kernel()?.signal() ?? new AbortController().signal;
