/**
 * The schema of what a child sends: the only place where its messages become trusted data. The
 * submission may have written every field. A message that doesn't match the schema ends the child,
 * which costs the exercise that is running.
 */
import { MAX_RECORDED_RUNS, type OpRun } from "../exercise/cost";
import { isTensorData, type Value } from "../exercise/value";
import { MAX_ERROR_LENGTH, type Message } from "./job";
import type { Step } from "./job";

/** A message that doesn't match the schema. */
export class InvalidMessage extends Error {}

export type Fields = Record<string, Value>;

/** The fields of a record as frames build it; undefined for a list, map, tensor or typed array. */
export function fieldsOf(value: Value): Fields | undefined {
  if (typeof value !== "object" || value === null || isTensorData(value)) return undefined;
  return Object.getPrototypeOf(value) === Object.prototype ? (value as Fields) : undefined;
}

/**
 * @param step the only step whose message may come now
 * @throws InvalidMessage for any other message
 */
export function parseMessage(value: Value, step: Step | undefined): Message {
  const fields = fieldsOf(value);
  if (!fields || !step) throw new InvalidMessage("an unexpected message");
  for (const [key, expected] of Object.entries(step)) {
    if (fields[key] !== expected) throw new InvalidMessage("a message out of order");
  }
  if (step.kind === "ready" || step.kind === "end") return step;
  const error = parseError(fields);
  if (step.kind === "cell") return { ...step, error };
  const runs = fields.runs === undefined ? undefined : unpackRuns(fields.runs);
  return { ...step, value: fields.value, runs, error };
}

function parseError({ error }: Fields): string | undefined {
  if (error === undefined) return undefined;
  if (typeof error !== "string" || error.length > MAX_ERROR_LENGTH) {
    throw new InvalidMessage("an error that isn't a short text");
  }
  return error;
}

/** How many numbers describe a run: the index of its name, and its four counts. */
const NUMBERS_PER_RUN = 5;

/** Packs thousands of runs: each name once, and all numbers as bytes. */
export function packRuns(runs: OpRun[]): Value {
  const kernels = [...new Set(runs.map(({ kernel }) => kernel))];
  const indices = new Map(kernels.map((kernel, i) => [kernel, i]));
  const numbers = new Float64Array(NUMBERS_PER_RUN * runs.length);
  for (const [i, { kernel, read, wrote, work, held }] of runs.entries()) {
    numbers.set([indices.get(kernel)!, read, wrote, work, held], NUMBERS_PER_RUN * i);
  }
  return { kernels, numbers: new Uint8Array(numbers.buffer) };
}

/** @throws InvalidMessage for anything that packRuns doesn't write */
export function unpackRuns(value: Value): OpRun[] {
  const { kernels, numbers: bytes } = fieldsOf(value) ?? {};
  const runBytes = NUMBERS_PER_RUN * Float64Array.BYTES_PER_ELEMENT;
  if (!Array.isArray(kernels) || !(bytes instanceof Uint8Array) || bytes.length % runBytes !== 0) {
    throw new InvalidMessage("not a list of runs");
  }
  const length = bytes.length / runBytes;
  if (length > MAX_RECORDED_RUNS) throw new InvalidMessage("a list of too many runs");
  const numbers = new Float64Array(bytes.slice().buffer);
  return Array.from({ length }, (_, i) => parseRun(kernels, numbers.subarray(NUMBERS_PER_RUN * i)));
}

function parseRun(kernels: Value[], [index, read, wrote, work, held]: Float64Array): OpRun {
  const kernel = kernels[index!];
  if (typeof kernel !== "string") throw new InvalidMessage("a run without a name");
  const counts = { read: read!, wrote: wrote!, work: work!, held: held! };
  const isCount = (n: number) => n >= 0;
  if (!Object.values(counts).every(isCount)) throw new InvalidMessage("a run that counts nothing");
  return { kernel, ...counts };
}
