/**
 * What a call costs, counted in op kernels of tfjs (the backend's implementation of an operation).
 * The first half records each op kernel that a call reaches, the numbers it read and wrote, and the
 * memory held at that time; so the cost is the same on every machine, however the student called
 * the operation. The second half sets limits: the rules of cases of group cost.
 */
import * as tf from "@tensorflow/tfjs-core";
import { restoreIntrinsics } from "./intrinsics";
import type { AnyFunction } from "./value";

/** One run of an op kernel, or one transfer of numbers between a tensor and JavaScript. */
export interface OpRun {
  /** The op kernel's name; or READ or WRITTEN, for a transfer out of or into a tensor. */
  kernel: string;
  /** Numbers in its inputs. */
  read: number;
  /** Numbers in new memory. */
  wrote: number;
  /** For a product its multiplications, for everything else the larger of read and wrote. */
  work: number;
  /** Numbers in all memory that the call has allocated and not freed yet. */
  held: number;
}
export const READ = "(read)";
export const WRITTEN = "(written)";
/** Stands for all runs of op kernels that find no place of their own. */
const MORE = "(more)";
/** Further runs are added up: reads in one entry, all others in another. */
export const MAX_RECORDED_RUNS = 5000;
const MAX_SEPARATE_RUNS = MAX_RECORDED_RUNS - 2;

interface Recording {
  runs: OpRun[];
  /** Memory that the call has allocated, with its size in numbers. */
  live: Map<object, number>;
  held: number;
}
/** The call that is being recorded. */
let recording: Recording | undefined;
/**
 * An op kernel is running: what it runs and reads itself is part of it. What is asked of the engine
 * meanwhile is not: no op kernel does that, but student code does, in a getter of a tensor's.
 */
let insideKernel = false;
/** The grader is reading a result, which costs the student nothing. */
let graderReads = false;
/** Op kernels that are made of others, which are recorded in their place. */
const COMPOSED = new Set(["Einsum"]);
/** Op kernels that already have an observer. */
const watched = new WeakSet<tf.KernelFunc>();

function sizeOf({ shape }: Pick<tf.TensorInfo, "shape">): number {
  let size = 1;
  for (let i = 0; i < shape.length; i++) size *= shape[i]!;
  return size;
}

type Call = Parameters<tf.KernelFunc>[0];

/** Numbers along some of a tensor's axes. */
function sizeOfAxes({ shape }: tf.TensorInfo, from: number, to: number): number {
  let size = 1;
  for (let i = from; i < to; i++) size *= shape[i]!;
  return size;
}

/** Multiplications per number that a product or convolution writes; 0 for other op kernels. */
function multiplicationsPerNumber(name: string, { inputs, attrs }: Call): number {
  const first = inputs.a ?? inputs.x;
  if (/MatMul/.test(name) && first) {
    const { shape } = first;
    return shape[shape.length - (attrs?.transposeA ? 2 : 1)]!;
  }
  if (!/^(Fused)?(Depthwise)?Conv/.test(name)) return 0;
  const { dy, filter } = inputs;
  // the gradient with respect to the filter: each number is a sum over all places of dy
  if (!filter) return dy ? sizeOfAxes(dy, 0, dy.shape.length - 1) : 0;
  const rank = filter.shape.length;
  const places = sizeOfAxes(filter, 0, rank - 2);
  // the gradient with respect to the input, or a transposed convolution, sums over what came out
  if (dy) return places * filter.shape[rank - 1]!;
  // a depthwise filter keeps the channels apart
  return /Depthwise/.test(name) ? places : places * filter.shape[rank - 2]!;
}

/** Numbers in the shape of what these write depend on numbers that they read. */
const TELLING_OP_KERNELS = /^(NonMaxSuppression|Ragged|Sparse|String|Unique|Where)/;

function addRun(run: Omit<OpRun, "held">): void {
  const { runs, held } = recording!;
  if (runs.length < MAX_SEPARATE_RUNS) {
    runs[runs.length] = { ...run, held };
    return;
  }
  const nothing = { read: 0, wrote: 0, work: 0, held: 0 };
  runs[MAX_SEPARATE_RUNS] ??= { kernel: MORE, ...nothing };
  runs[MAX_SEPARATE_RUNS + 1] ??= { kernel: READ, ...nothing };
  const sum = runs[MAX_SEPARATE_RUNS + (run.kernel === READ ? 1 : 0)]!;
  sum.read += run.read;
  sum.work += run.work;
  sum.wrote = Math.max(sum.wrote, run.wrote);
  sum.held = Math.max(sum.held, held);
}

/** Student code gets to know numbers of tensors: what it computes from them can't be counted. */
const addRead = (size: number) => addRun({ kernel: READ, read: size, wrote: 0, work: size });

function addMemory(dataId: object, size: number): void {
  recording!.live.set(dataId, size);
  recording!.held += size;
}

/** What an op kernel got. */
interface Given {
  dataIds: Set<object>;
  read: number;
}

function addInput(given: Given, input: tf.TensorInfo | null | undefined): void {
  if (input === undefined || input === null) return;
  given.dataIds.add(input.dataId);
  given.read += sizeOf(input);
}

/** @param call its inputs are a record of tensors and lists of them, or a list */
function givenTo({ inputs }: Call): Given {
  const given: Given = { dataIds: new Set(), read: 0 };
  const names = Object.keys(inputs);
  for (let i = 0; i < names.length; i++) {
    const input = (inputs as Record<string, tf.TensorInfo | tf.TensorInfo[] | null>)[names[i]!];
    if (!Array.isArray(input)) addInput(given, input);
    else for (let j = 0; j < input.length; j++) addInput(given, input[j]);
  }
  return given;
}

// Student code may have patched what a loop over a list asks for, and what makes the list that map
// and filter return (see intrinsics.ts), and put setters where push writes. So this walks lists by
// index and makes none.
function recordKernel(name: string, call: Call, result: tf.TensorInfo | tf.TensorInfo[]): void {
  const { dataIds, read } = givenTo(call);
  let wrote = 0;
  const isList = Array.isArray(result);
  for (let i = 0; i < (isList ? result.length : 1); i++) {
    const made = isList ? result[i]! : result;
    if (dataIds.has(made.dataId)) continue; // a reshape allocates nothing
    const size = sizeOf(made);
    addMemory(made.dataId, size);
    wrote += size;
  }
  const work = Math.max(read, wrote, wrote * multiplicationsPerNumber(name, call));
  addRun({ kernel: name, read, wrote, work });
}

function watchKernel(name: string, kernel: tf.KernelFunc): tf.KernelFunc {
  const f: tf.KernelFunc = (call) => {
    if (!recording || insideKernel) return kernel(call);
    insideKernel = true;
    try {
      const result = kernel(call);
      recordKernel(name, call, result);
      if (TELLING_OP_KERNELS.test(name)) addRead(1);
      return result;
    } catch (e) {
      addRead(1); // the message may tell a number: GatherV2 names an index that is too large
      throw e;
    } finally {
      insideKernel = false;
    }
  };
  watched.add(f);
  return f;
}

/**
 * Overrides methods of an object of tfjs. @returns a function that ends this. It leaves the methods
 * of the class as the object's own: V8 makes an object slow whose properties are deleted.
 */
export function overrideMethods(object: object, methods: object): () => void {
  const target = object as Record<string, unknown>;
  const before = Object.keys(methods).map((key) => [key, target[key]] as const);
  Object.assign(target, methods);
  return () => {
    for (const [key, method] of before) target[key] = method;
  };
}

/** Records transfers to and from JavaScript, and freed memory. @returns a function that stops it */
function watchMemory(): () => void {
  const backend = tf.backend();
  const { read, readSync, write, disposeData } = backend;
  const noteRead = (dataId: object) => {
    if (insideKernel || graderReads) return;
    const info = tf.engine().state.tensorInfo.get(dataId);
    addRead(info ? sizeOf(info) : 0);
  };
  const observers: Partial<tf.KernelBackend> = {
    read(dataId) {
      noteRead(dataId);
      return read.call(backend, dataId);
    },
    readSync(dataId) {
      noteRead(dataId);
      return readSync.call(backend, dataId);
    },
    write(values, shape, dtype) {
      const dataId = write.call(backend, values, shape, dtype);
      if (insideKernel) return dataId;
      const size = sizeOf({ shape });
      addMemory(dataId, size);
      addRun({ kernel: WRITTEN, read: 0, wrote: size, work: size });
      return dataId;
    },
    disposeData(dataId, force) {
      const isGone = disposeData.call(backend, dataId, force);
      if (isGone) {
        recording!.held -= recording!.live.get(dataId) ?? 0;
        recording!.live.delete(dataId);
      }
      return isGone;
    },
  };
  return overrideMethods(backend, observers);
}

/** What student code asks of the engine counts, also inside an op kernel. */
function watchEngine(): () => void {
  const engine = tf.engine() as unknown as Record<string, AnyFunction>;
  const outside = (name: string): AnyFunction => {
    const method = engine[name]!;
    return function () {
      const before = insideKernel;
      insideKernel = false;
      try {
        // eslint-disable-next-line prefer-rest-params -- a rest parameter would be spread again
        return Reflect.apply(method, engine, arguments);
      } finally {
        insideKernel = before;
      }
    };
  };
  return overrideMethods(engine, {
    runKernel: outside("runKernel"),
    makeTensor: outside("makeTensor"),
    read: outside("read"),
    readSync: outside("readSync"),
  });
}

/** Puts an observer before each op kernel of the backend. @returns a function that removes them */
export function watchOpKernels(): () => void {
  const restore: tf.KernelConfig[] = [];
  for (const kernel of tf.getKernelsForBackend(tf.getBackend())) {
    if (watched.has(kernel.kernelFunc) || COMPOSED.has(kernel.kernelName)) continue;
    restore.push({ ...kernel });
    kernel.kernelFunc = watchKernel(kernel.kernelName, kernel.kernelFunc);
  }
  return () => {
    for (const kernel of restore) {
      const now = tf.getKernel(kernel.kernelName, kernel.backendName);
      if (now && watched.has(now.kernelFunc)) now.kernelFunc = kernel.kernelFunc;
    }
  };
}

/** Reads a tensor's numbers for the grader, which isn't recorded. */
export function readForGrader(dataId: object): Promise<tf.BackendValues> {
  graderReads = true;
  try {
    return tf.engine().read(dataId);
  } finally {
    graderReads = false;
  }
}

/** Calls f and returns its result with the op kernels that it ran. */
export async function recordRuns<T>(f: () => T): Promise<{ result: Awaited<T>; runs: OpRun[] }> {
  const unwatchKernels = watchOpKernels();
  const current: Recording = { runs: [], live: new Map(), held: 0 };
  // a list's prototype may have setters, which would get what is written to the list
  Object.setPrototypeOf(current.runs, null);
  recording = current;
  const unwatchMemory = watchMemory();
  const unwatchEngine = watchEngine();
  try {
    return { result: await f(), runs: current.runs };
  } finally {
    restoreIntrinsics();
    Object.setPrototypeOf(current.runs, Array.prototype);
    unwatchEngine();
    unwatchMemory();
    recording = undefined;
    unwatchKernels();
  }
}

export interface Limits {
  /** Numbers in the largest tensor that the call makes. */
  largest?: number;
  /** Numbers held in memory at the same time, without the arguments. */
  held?: number;
  /** Runs of op kernels. */
  operations?: number;
  /** Numbers computed; for a product, its multiplications. */
  work?: number;
}

/** Looks at what a call ran. Returns a message to the student where that is wasteful. */
export interface CostRule {
  (runs: OpRun[]): string | undefined;
  /** Set where these limits are the whole rule. */
  limits?: Limits;
}

/**
 * A call may read this many numbers of a tensor into JavaScript at once, and four times as many in
 * all. What it computes there can't be counted, so it may not read more.
 */
const MAX_READABLE_NUMBERS = 64;
const MAX_READS = 4;
const formatCount = (n: number) => Math.round(n).toLocaleString("en-US");
const maxOf = (numbers: number[]) => numbers.reduce((a, b) => Math.max(a, b), 0);

/** A measured cost in words. Beyond MAX_RECORDED_RUNS, runs are added up and no longer counted. */
const formatMeasure = (name: keyof Limits, cost: number) =>
  name === "operations" && cost >= MAX_RECORDED_RUNS
    ? `${formatCount(cost)} or more`
    : formatCount(cost);

const LIMIT_MESSAGES: Record<keyof Limits, (cost: string, limit: string) => string> = {
  largest: (cost, limit) => `Its largest tensor has ${cost} numbers; ${limit} are enough.`,
  held: (cost, limit) =>
    `It has ${cost} numbers in memory at the same time, without its arguments; ${limit} are enough.`,
  operations: (cost, limit) => `It runs ${cost} operations of tfjs; ${limit} are enough.`,
  work: (cost, limit) => `It computes ${cost} numbers along the way; ${limit} are enough.`,
};

const MEASURES: Record<keyof Limits, (runs: OpRun[]) => number> = {
  largest: (runs) => maxOf(runs.map((r) => r.wrote)),
  held: (runs) => maxOf(runs.map((r) => r.held)),
  operations: (runs) => runs.length,
  work: (runs) => runs.reduce((sum, r) => sum + r.work, 0),
};

/** All measures of a call's cost, for authors who look for limits. */
export const costOf = (runs: OpRun[]): Required<Limits> => ({
  largest: MEASURES.largest(runs),
  held: MEASURES.held(runs),
  operations: MEASURES.operations(runs),
  work: MEASURES.work(runs),
});

/**
 * A message where a call reads more numbers into JavaScript at once than `limit`, or more than four
 * times as many in all.
 */
export function readsTooMuch(runs: OpRun[], limit = MAX_READABLE_NUMBERS): string | undefined {
  const reads = runs.filter((r) => r.kernel === READ).map((r) => r.read);
  const most = maxOf(reads);
  const all = reads.reduce((sum, read) => sum + read, 0);
  if (most <= limit && all <= MAX_READS * limit) return undefined;
  const what =
    most > limit && runs.length < MAX_RECORDED_RUNS
      ? `the ${formatCount(most)} numbers of a tensor`
      : `${formatCount(all)} numbers of tensors, a few at a time,`;
  return (
    `It reads ${what} into JavaScript. ` +
    "Its cost is counted in operations of tfjs, so compute with those."
  );
}

/** A rule whose message names the first limit that a call exceeds, in the order of `limits`. */
export function within(limits: Limits): CostRule {
  const rule: CostRule = (runs) => {
    const tooMuchRead = readsTooMuch(runs);
    if (tooMuchRead !== undefined) return tooMuchRead;
    for (const [name, limit] of Object.entries(limits) as [keyof Limits, number][]) {
      const cost = MEASURES[name](runs);
      if (cost <= limit) continue;
      return LIMIT_MESSAGES[name](formatMeasure(name, cost), formatCount(limit));
    }
    return undefined;
  };
  return Object.assign(rule, { limits });
}
