/**
 * What a call ran, on its way from the child: thousands of records, so the names once and the
 * numbers as bytes.
 */
import { MOST_RUNS, type Run } from "../exercise/runs";
import type { Value } from "../exercise/value";
import { BadMessage, fieldsOf } from "./fields";

/** Of each run: which of the names, and its four numbers. */
const NUMBERS = 5;

export function packRuns(runs: Run[]): Value {
  const kernels = [...new Set(runs.map(({ kernel }) => kernel))];
  const places = new Map(kernels.map((kernel, i) => [kernel, i]));
  const numbers = new Float64Array(NUMBERS * runs.length);
  for (const [i, { kernel, read, wrote, work, held }] of runs.entries()) {
    numbers.set([places.get(kernel)!, read, wrote, work, held], NUMBERS * i);
  }
  return { kernels, numbers: new Uint8Array(numbers.buffer) };
}

/** @throws BadMessage on anything that packRuns does not write */
export function unpackRuns(value: Value): Run[] {
  const { kernels, numbers: bytes } = fieldsOf(value) ?? {};
  const width = NUMBERS * Float64Array.BYTES_PER_ELEMENT;
  if (!Array.isArray(kernels) || !(bytes instanceof Uint8Array) || bytes.length % width !== 0) {
    throw new BadMessage("no list of runs");
  }
  const length = bytes.length / width;
  if (length > MOST_RUNS) throw new BadMessage("a list of too many runs");
  const numbers = new Float64Array(bytes.slice().buffer);
  return Array.from({ length }, (_, i) => runOf(kernels, numbers.subarray(NUMBERS * i)));
}

function runOf(kernels: Value[], [place, read, wrote, work, held]: Float64Array): Run {
  const kernel = kernels[place!];
  if (typeof kernel !== "string") throw new BadMessage("a run without a kernel");
  const counts = { read: read!, wrote: wrote!, work: work!, held: held! };
  const isCount = (n: number) => n >= 0;
  if (!Object.values(counts).every(isCount)) throw new BadMessage("a run that counts nothing");
  return { kernel, ...counts };
}
