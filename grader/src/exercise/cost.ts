/**
 * What a call costs, counted in op kernels of tfjs (the backend's implementation of an operation).
 * The first half records each op kernel that a call reaches, the numbers it read and wrote, and the
 * memory held at that time; so the cost is the same on every machine, however the student called
 * the operation. The second half sets limits: the rules of cases of group cost.
 */
import * as tf from "@tensorflow/tfjs-core";

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
/** Further runs are not recorded. */
export const MAX_RECORDED_RUNS = 5000;

interface Recording {
  runs: OpRun[];
  /** Memory that the call has allocated, with its size in numbers. */
  live: Map<object, number>;
  held: number;
}
/** The call that is being recorded. */
let recording: Recording | undefined;
/** An op kernel is running: what it runs and reads itself is part of it. */
let insideKernel = false;
/** Op kernels that are made of others, which are recorded in their place. */
const COMPOSED = new Set(["Einsum"]);
/** Op kernels that already have an observer. */
const watched = new WeakSet<tf.KernelFunc>();

const sizeOf = ({ shape }: Pick<tf.TensorInfo, "shape">) => tf.util.sizeFromShape(shape);
const sum = (sizes: number[]) => sizes.reduce((all, n) => all + n, 0);

type Call = Parameters<tf.KernelFunc>[0];

/** Multiplications per number that a product or convolution writes; 0 for other op kernels. */
function multiplicationsPerNumber(name: string, { inputs, attrs }: Call): number {
  const first = inputs.a ?? inputs.x;
  if (/MatMul/.test(name) && first) {
    const { shape } = first;
    return shape[shape.length - (attrs?.transposeA ? 2 : 1)]!;
  }
  const { filter } = inputs;
  if (!filter || !/^(Fused)?(Depthwise)?Conv/.test(name)) return 0;
  const [height, width, channels] = filter.shape;
  // a depthwise filter keeps the channels apart
  return /Depthwise/.test(name) ? height! * width! : height! * width! * channels!;
}

function addRun(run: Omit<OpRun, "held">): void {
  const { runs, held } = recording!;
  if (runs.length < MAX_RECORDED_RUNS) runs.push({ ...run, held });
}

function addMemory(dataId: object, size: number): void {
  recording!.live.set(dataId, size);
  recording!.held += size;
}

/** A list of a student's may be a Proxy: what it answers must not change, nor run inside a kernel. */
const copyList = (v: unknown): unknown => (Array.isArray(v) ? v.map(copyList) : v);

/**
 * A call whose inputs and attributes are plain data. A student may have put getters on a tensor, and
 * what they run would count as part of the op kernel that reads them.
 */
function plainCall({ inputs, backend, attrs }: Call): Call {
  const plainTensor = (t: tf.TensorInfo): tf.TensorInfo => {
    const { dataId, shape, dtype } = t;
    return { dataId, shape: copyList(shape) as number[], dtype };
  };
  const plainInput = (t: tf.TensorInfo | tf.TensorInfo[] | null | undefined) =>
    Array.isArray(t) ? t.map(plainTensor) : t && plainTensor(t);
  const mapValues = (record: object, f: (v: never) => unknown) =>
    Object.fromEntries(Object.entries(record).map(([key, v]) => [key, f(v as never)]));
  return {
    // Einsum and Pack get a list of inputs, others a record
    inputs: (Array.isArray(inputs)
      ? inputs.map(plainTensor)
      : mapValues(inputs, plainInput)) as tf.NamedTensorInfoMap,
    backend,
    attrs: attrs && (mapValues(attrs, copyList) as tf.NamedAttrMap),
  };
}

function recordKernel(name: string, call: Call, result: tf.TensorInfo | tf.TensorInfo[]): void {
  const inputs = Object.values(call.inputs)
    .flat()
    .filter((t): t is tf.TensorInfo => t !== undefined && t !== null);
  const given = new Set(inputs.map(({ dataId }) => dataId));
  const fresh = [result].flat().filter(({ dataId }) => !given.has(dataId)); // a reshape allocates nothing
  for (const t of fresh) addMemory(t.dataId, sizeOf(t));
  const read = sum(inputs.map(sizeOf));
  const wrote = sum(fresh.map(sizeOf));
  const work = Math.max(read, wrote, wrote * multiplicationsPerNumber(name, call));
  addRun({ kernel: name, read, wrote, work });
}

function watchKernel(name: string, kernel: tf.KernelFunc): tf.KernelFunc {
  const f: tf.KernelFunc = (call) => {
    if (!recording || insideKernel) return kernel(call);
    const plain = plainCall(call);
    insideKernel = true;
    try {
      const result = kernel(plain);
      recordKernel(name, plain, result);
      return result;
    } finally {
      insideKernel = false;
    }
  };
  watched.add(f);
  return f;
}

/** Overrides methods of an object of tfjs. @returns a function that restores the object */
export function overrideMethods(object: object, methods: object): () => void {
  const before = Object.keys(methods).map(
    (key) => [key, Object.getOwnPropertyDescriptor(object, key)] as const,
  );
  Object.assign(object, methods);
  return () => {
    for (const [key, own] of before) {
      if (own) Object.defineProperty(object, key, own);
      else Reflect.deleteProperty(object, key); // the class's method is visible again
    }
  };
}

/** Records transfers to and from JavaScript, and freed memory. @returns a function that stops it */
function watchMemory(): () => void {
  const backend = tf.backend();
  const { read, readSync, write, disposeData } = backend;
  const noteRead = (dataId: object) => {
    if (insideKernel) return;
    const info = tf.engine().state.tensorInfo.get(dataId);
    const size = info ? sizeOf(info) : 0;
    addRun({ kernel: READ, read: size, wrote: 0, work: size });
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

/** Calls f and returns its result with the op kernels that it ran. */
export async function recordRuns<T>(f: () => T): Promise<{ result: Awaited<T>; runs: OpRun[] }> {
  const unwatchKernels = watchOpKernels();
  const current: Recording = { runs: [], live: new Map(), held: 0 };
  recording = current;
  const unwatchMemory = watchMemory();
  try {
    return { result: await f(), runs: current.runs };
  } finally {
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
 * A call may read this many numbers of a tensor into JavaScript at once. What it computes there
 * can't be counted, so it may not read more.
 */
const MAX_READABLE_NUMBERS = 64;
const formatCount = (n: number) => Math.round(n).toLocaleString("en-US");
const maxOf = (numbers: number[]) => numbers.reduce((a, b) => Math.max(a, b), 0);

/** A measured cost in words. Beyond MAX_RECORDED_RUNS, only a lower bound is known. */
const formatMeasure = (cost: number, runs: OpRun[]) =>
  runs.length < MAX_RECORDED_RUNS ? formatCount(cost) : `${formatCount(cost)} or more`;

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

/** A message where a call reads more numbers into JavaScript at once than `limit`. */
export function readsTooMuch(runs: OpRun[], limit = MAX_READABLE_NUMBERS): string | undefined {
  const read = maxOf(runs.filter((r) => r.kernel === READ).map((r) => r.read));
  if (read <= limit) return undefined;
  return (
    `It reads the ${formatCount(read)} numbers of a tensor into JavaScript. ` +
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
      return LIMIT_MESSAGES[name](formatMeasure(cost, runs), formatCount(limit));
    }
    return undefined;
  };
  return Object.assign(rule, { limits });
}
