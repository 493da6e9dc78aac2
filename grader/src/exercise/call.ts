/**
 * Runs one case on one function, and checks what a call owes its caller: arguments that are as they
 * were and, where a case asks for it, no tensors besides those of the result. The check in the
 * notebook, the grader's parent (for our solution) and its child (for the student's function) all
 * use this code.
 */
import * as tf from "@tensorflow/tfjs-core";
import type { Case, ReferenceCase } from "./exercise";
import { overrideMethods, recordRuns, type OpRun } from "./cost";
import { fromTensors, mapLeaves, numbersOf, pathOf, toTensors, visitLeaves } from "./tensors";
import { type AnyFunction, type Value, isTensorData } from "./value";
import { forbiddenName } from "./guard";
import { restoreIntrinsics } from "./intrinsics";

/** Looked up once: the child checks a thousand values against it. */
const { Tensor } = tf;
const { cos } = Math;

/**
 * What a call returned or threw. `bytesRead` counts what a shader read from its buffers; `runs` are
 * the op kernels that the function ran, where the case asks for its cost.
 */
export type CaseOutcome = { value: Value; bytesRead?: number; runs?: OpRun[] } | { error: string };

/** Runs a function on cases: one outcome per case, undefined where there is none. */
export type RunCases = (
  fn: AnyFunction,
  cases: ReferenceCase[],
) => Promise<(CaseOutcome | undefined)[]>;

/**
 * What one call needs of a case. With `cost`, the op kernels that it runs are recorded; with `sync`, it
 * may not return a promise.
 */
export type CaseRequest = Pick<Case, "args" | "wrt" | "output" | "squared" | "tidy" | "fresh"> & {
  cost?: unknown;
  sync?: boolean;
};

/**
 * The scalar that gradient cases differentiate: the sum over all float tensors of the result of
 * Σᵢ tensorᵢ · cos(i), or Σᵢ tensorᵢ² · cos(i) where the case asks for squares; i counts the elements
 * of a tensor from 0. The cosines keep mistakes in single elements from canceling out. JavaScript
 * computes them, since a GPU's own cosine is far off for large i. They can't tell apart two results
 * of equal shape that changed places; for that, a case names the only tensor to differentiate by its
 * path, `output`.
 */
function weightedSum(result: unknown, { output, squared }: CaseRequest): tf.Scalar {
  const sums: tf.Tensor[] = [];
  visitLeaves(result, (v, path) => {
    if (
      v instanceof tf.Tensor &&
      v.dtype === "float32" &&
      (output === undefined || path === output)
    ) {
      const flat = v.flatten();
      sums.push((squared ? flat.mul(flat) : flat).mul(cosines(v.size)).sum());
    }
  });
  if (sums.length === 0) {
    const which = output === undefined ? "" : ` ${output}`;
    throw new Error(`the result holds no float32 tensor${which}, so it has no gradient`);
  }
  return tf.addN(sums) as tf.Scalar;
}

const cosines = (length: number) => tf.tensor1d(Float32Array.from({ length }, (_, i) => cos(i)));

function gradients(
  f: AnyFunction,
  args: unknown[],
  request: CaseRequest,
  names: (string | undefined)[],
): tf.Tensor[] {
  const { wrt = [] } = request;
  const inputs = new Map<string, tf.Tensor>();
  visitLeaves(args, (v, path) => {
    if (v instanceof tf.Tensor && wrt.includes(path)) inputs.set(path, v);
  });
  const missing = wrt.find((path) => !inputs.has(path));
  if (missing !== undefined) throw new Error(`gradient: no tensor at ${missing} of the arguments`);
  const xs = wrt.map((path) => inputs.get(path)!);
  const { grads } = tf
    .engine()
    .gradients(() => weightedSum(f(...args), request), xs, undefined, true);
  const unreached = wrt.find((_, i) => grads[i] === undefined || grads[i] === null);
  if (unreached !== undefined) {
    throw new Error(
      `no gradient reaches argument ${formatArgumentPath(unreached, names)}: the result does not depend on it, or ` +
        "is read from it as plain numbers",
    );
  }
  return grads;
}

/**
 * Runs a case. Never rejects: an error that the function throws becomes an outcome, and so does an
 * argument that it changed or a tensor that it left behind. Disposes of all tensors.
 * @param names of the function's parameters, where they can't be read from its own text
 */
export async function runCase(
  f: AnyFunction,
  request: CaseRequest,
  names = parameterNames(f),
): Promise<CaseOutcome> {
  const { args, wrt, cost, sync } = request;
  tf.engine().startScope();
  let watch: ReturnType<typeof watchArguments> | undefined;
  try {
    const inputs = toTensors(args) as unknown[];
    watch = watchArguments(args, inputs, names);
    const call = () => {
      const result = wrt ? gradients(f, inputs, request, names) : f(...inputs);
      if (sync) expectNoPromise(result);
      return result;
    };
    if (!cost) {
      const result = await call();
      await watch.check(result, request);
      return await readResult(result);
    }
    // reading is recorded too, since a result may compute what it is when it is read
    const { result: ran, runs } = await recordRuns(async () => {
      const result = await call();
      return { result, read: await readResult(result) };
    });
    await watch.check(ran.result, request);
    return "value" in ran.read ? { ...ran.read, runs } : ran.read;
  } catch (e) {
    return { error: thrownText(e) };
  } finally {
    watch?.stop();
    tf.engine().endScope();
  }
}

const RETURNS_PROMISE = "It returns a promise";

function expectNoPromise(result: unknown): void {
  const isPromise =
    typeof result === "object" &&
    result !== null &&
    typeof (result as PromiseLike<unknown>).then === "function";
  if (!isPromise) return;
  Promise.resolve(result).catch(() => undefined); // nobody will await it
  throw new Error(
    `${RETURNS_PROMISE}, and its signature promises the value itself: write it without async.`,
  );
}

async function readResult(result: unknown): Promise<CaseOutcome> {
  try {
    return { value: await fromTensors(result) };
  } catch (e) {
    return { error: unreadable(e) };
  }
}

const UNREADABLE = "Its result can't be read: ";

/** The error of a result that can't be read or sent. */
export const unreadable = (e: unknown): string => `${UNREADABLE}${thrownText(e)}`;

/**
 * What was thrown, as text: an error's message, with its name where `named` asks for it. Reading it
 * may throw again, since a submission may have made the object, or the getters that it has.
 */
export function thrownText(e: unknown, named = false): string {
  try {
    if (!(e instanceof Error)) return String(e);
    const message = String(e.message);
    return !named || e.name === "Error" ? message : `${String(e.name)}: ${message}`;
  } catch {
    return "it threw something that can't be read";
  }
}

const CHANGES_ARGUMENT = "It changes its argument";
const DISPOSES_ARGUMENT = "It disposes of its argument";
const RETURNS_ARGUMENT = "It returns its argument";

const GRADER_ERRORS = [
  CHANGES_ARGUMENT,
  DISPOSES_ARGUMENT,
  RETURNS_ARGUMENT,
  RETURNS_PROMISE,
  UNREADABLE,
];

/** Whether an outcome's error is a message of the grader rather than one that the function threw. */
export const isGraderError = (error: string): boolean =>
  forbiddenName(error) !== undefined ||
  GRADER_ERRORS.some((start) => error.startsWith(start)) ||
  /^It leaves \d+ tensors? behind/.test(error);

/**
 * The names of a function's parameters, read from its text; undefined for one that is destructured
 * or has no name.
 */
export function parameterNames(f: unknown): (string | undefined)[] {
  const text = Function.prototype.toString.call(f).replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");
  const single = /^(?:async\s+)?([\w$]+)\s*=>/.exec(text);
  if (single) return [single[1]];
  const parts = [""];
  let depth = 0;
  for (const char of text.slice(text.indexOf("(") + 1)) {
    if ("([{".includes(char)) depth++;
    if (")]}".includes(char) && depth-- === 0) break;
    if (char === "," && depth === 0) parts.push("");
    else parts[parts.length - 1] += char;
  }
  return parts.map((part) => /^\s*([A-Za-z_$][\w$]*)\s*(=|$)/.exec(part)?.[1]);
}

/**
 * Formats "1.m.0", a path into the list of arguments, as "state.m[0]"; or as "2.m[0]", counted from
 * 1, where the second parameter has no name.
 */
export function formatArgumentPath(
  path: string,
  names: readonly (string | undefined)[] = [],
): string {
  const [index, ...keys] = path.split(".");
  const name = names[Number(index)] ?? String(Number(index) + 1);
  return name + keys.map((key) => (/^\d+$/.test(key) ? `[${key}]` : `.${key}`)).join("");
}

const sameNumbers = (a: ArrayLike<number>, b: ArrayLike<number>) => {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) return false;
  return true;
};

const isTypedList = (v: unknown): v is Uint8Array | Int32Array =>
  v instanceof Uint8Array || v instanceof Int32Array;

type Key = string | number;

const keysOf = (v: object): Key[] =>
  v instanceof Map ? [...(v as Map<Key, unknown>).keys()] : Object.keys(v);
const entryOf = (v: object, key: Key): unknown =>
  v instanceof Map ? v.get(key) : (v as Record<Key, unknown>)[key];

/** Builds a path for an entry only where it differs, since there may be thousands of numbers. */
function firstDifferenceOfLists(
  before: readonly unknown[],
  after: unknown,
  path: string,
): string | undefined {
  if (!Array.isArray(after) || after.length !== before.length) return path;
  for (let i = 0; i < before.length; i++) {
    const a = before[i];
    const b = after[i] as unknown;
    if ((a === b && a !== 0) || Object.is(a, b)) continue;
    const found = firstDifference(a, b, pathOf(i, path));
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * The path at which two values first differ. Tensors, functions and patterns are equal only if they
 * are the same object.
 */
function firstDifference(before: unknown, after: unknown, path: string): string | undefined {
  if (Object.is(before, after)) return undefined;
  if (isTypedList(before)) {
    return isTypedList(after) && sameNumbers(before, after) ? undefined : path;
  }
  if (Array.isArray(before)) return firstDifferenceOfLists(before, after, path);
  const isContainer = (v: unknown): v is object =>
    typeof v === "object" && v !== null && !(v instanceof Tensor) && !(v instanceof RegExp);
  if (!isContainer(before) || !isContainer(after)) return path;
  const keys = keysOf(before);
  if (keysOf(after).length !== keys.length) return path;
  for (const key of keys) {
    const a = entryOf(before, key);
    const b = entryOf(after, key);
    if (Object.is(a, b)) continue; // builds no path for each of a thousand numbers
    const found = firstDifference(a, b, pathOf(key, path));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The tensors in a value, by path. */
function tensorsOf(value: unknown): Map<string, tf.Tensor> {
  const found = new Map<string, tf.Tensor>();
  visitLeaves(value, (v, path) => {
    if (!isTypedList(v) && v instanceof Tensor) found.set(path, v);
  });
  return found;
}

/**
 * The path of a tensor whose numbers are no longer those of the case: on some devices a function can
 * write to a tensor's own memory.
 */
async function findChangedTensor(
  args: Value[],
  tensors: Map<string, tf.Tensor>,
): Promise<string | undefined> {
  let changed: string | undefined;
  const reads: Promise<void>[] = [];
  visitLeaves(args, (v, path) => {
    const tensor = tensors.get(path);
    if (!isTensorData(v) || !tensor) return;
    const { data } = v;
    reads.push(
      numbersOf(tensor).then((now) => {
        if (!sameNumbers(data, now as Float32Array)) changed ??= path;
      }),
    );
  });
  await Promise.all(reads);
  return changed;
}

/** The lists, maps, records, arrays and tensors in a value, by path. */
function objectsOf(value: unknown, path = "", found = new Map<object, string>()) {
  if (typeof value !== "object" || value === null || value instanceof RegExp) return found;
  if (found.has(value)) return found;
  found.set(value, path);
  if (value instanceof Tensor || ArrayBuffer.isView(value)) return found;
  for (const key of keysOf(value)) objectsOf(entryOf(value, key), pathOf(key, path), found);
  return found;
}

/** The engine's methods through which every tensor comes and goes. */
interface TensorTracker {
  trackTensor(tensor: tf.Tensor, backend: unknown): void;
  disposeTensor(tensor: tf.Tensor): void;
}

/** Follows which tensors are made and disposed of; a count alone could be evened out. */
function followTensors() {
  const engine = tf.engine() as unknown as TensorTracker;
  const { trackTensor, disposeTensor } = engine;
  /** Made and not disposed of. */
  const made = new Set<tf.Tensor>();
  const disposed = new Set<tf.Tensor>();
  const stop = overrideMethods(engine, {
    trackTensor(tensor: tf.Tensor, backend: unknown) {
      made.add(tensor);
      trackTensor.call(engine, tensor, backend);
    },
    disposeTensor(tensor: tf.Tensor) {
      made.delete(tensor);
      disposed.add(tensor);
      disposeTensor.call(engine, tensor);
    },
  } satisfies TensorTracker);
  return { made, disposed, stop };
}

/**
 * Remembers the arguments before a call.
 * @param args of the case, from which `inputs` were made
 * @param names of the parameters, for the error message
 * @returns a check to call with the result. It throws unless the arguments are as they were; with
 *   `fresh`, unless the result is made of none of them; with `tidy`, unless all tensors made in the
 *   meantime belong to the result. `stop` ends the watch.
 */
function watchArguments(args: Value[], inputs: unknown[], names: (string | undefined)[]) {
  const before = mapLeaves(inputs, (v) => (isTypedList(v) ? v.slice() : v));
  const tensors = tensorsOf(inputs);
  const { made, disposed, stop } = followTensors();
  const check = async (result: unknown, { tidy, fresh }: CaseRequest): Promise<void> => {
    restoreIntrinsics();
    stop();
    const lost = [...tensors].find(([, tensor]) => disposed.has(tensor));
    if (lost) {
      throw new Error(
        `${DISPOSES_ARGUMENT} ${formatArgumentPath(lost[0], names)}, which the caller still needs.`,
      );
    }
    const changed = firstDifference(before, inputs, "") ?? (await findChangedTensor(args, tensors));
    restoreIntrinsics();
    if (changed !== undefined) {
      throw new Error(
        `${CHANGES_ARGUMENT} ${formatArgumentPath(changed, names)}, which the caller still needs.`,
      );
    }
    if (fresh) {
      const returned = objectsOf(result);
      const shared = [...objectsOf(inputs, "")].find(([v, path]) => path !== "" && returned.has(v));
      if (shared) {
        throw new Error(
          `${RETURNS_ARGUMENT} ${formatArgumentPath(shared[1], names)} itself, where a new value is ` +
            "promised: what its caller does to one of them would change the other.",
        );
      }
    }
    if (!tidy) return;
    const own = new Set(tensorsOf(result).values());
    const extra = [...made].filter((tensor) => !own.has(tensor)).length;
    if (extra === 1) throw new Error("It leaves 1 tensor behind that isn't part of its result.");
    if (extra > 1) {
      throw new Error(`It leaves ${extra} tensors behind that aren't part of its result.`);
    }
  };
  return { check, stop };
}
