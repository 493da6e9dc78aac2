/**
 * What an answer costs, by the operations that it ran: each kernel of tfjs that a call reaches, how
 * many numbers it read and wrote, and what was in memory meanwhile. Counted at the kernels, so it
 * is the same on every machine, however the operation was called.
 */
import * as tf from "@tensorflow/tfjs-core";

/**
 * One kernel; or READ, a tensor's numbers brought into JavaScript; or WRITTEN, a tensor made of
 * JavaScript's numbers.
 */
export interface Run {
  kernel: string;
  /** Numbers in its inputs. */
  read: number;
  /** Numbers in new memory. */
  wrote: number;
  /** Of a product its multiplications, of everything else the larger of read and wrote. */
  work: number;
  /** Numbers in all memory that was made in the call and not freed yet. */
  held: number;
}
export const READ = "(read)";
export const WRITTEN = "(written)";
/** No more than these are recorded. */
export const MOST_RUNS = 5000;

interface Recording {
  runs: Run[];
  /** Memory made in the call → its numbers. */
  live: Map<object, number>;
  held: number;
}
/** Where runs go, while a call is recorded. */
let recording: Recording | undefined;
/** Inside a kernel: what it runs and reads itself is part of it. */
let inside = false;
/** Kernels that are watched already. */
const watched = new WeakSet<tf.KernelFunc>();

const sizeOf = ({ shape }: Pick<tf.TensorInfo, "shape">) => tf.util.sizeFromShape(shape);
const sum = (sizes: number[]) => sizes.reduce((all, n) => all + n, 0);

type Call = Parameters<tf.KernelFunc>[0];

/** The multiplications of a product or convolution, for each number that it writes. */
function perNumber(name: string, { inputs, attrs }: Call): number {
  const first = inputs.a ?? inputs.x;
  if (/MatMul/.test(name) && first) {
    const { shape } = first;
    return shape[shape.length - (attrs?.transposeA ? 2 : 1)]!;
  }
  const filter = inputs.filter;
  if (/^(Fused)?(Depthwise)?Conv/.test(name) && filter) {
    return sizeOf(filter) / filter.shape[filter.shape.length - 1]!;
  }
  return 0;
}

function add(run: Omit<Run, "held">): void {
  const { runs, held } = recording!;
  if (runs.length < MOST_RUNS) runs.push({ ...run, held });
}

function addMemory(dataId: object, size: number): void {
  recording!.live.set(dataId, size);
  recording!.held += size;
}

function noteKernel(name: string, call: Call, result: tf.TensorInfo | tf.TensorInfo[]): void {
  const inputs = Object.values(call.inputs)
    .flat()
    .filter((t): t is tf.TensorInfo => t !== undefined && t !== null);
  const given = new Set(inputs.map(({ dataId }) => dataId));
  const fresh = [result].flat().filter(({ dataId }) => !given.has(dataId)); // a reshape makes none
  for (const t of fresh) addMemory(t.dataId, sizeOf(t));
  const read = sum(inputs.map(sizeOf));
  const wrote = sum(fresh.map(sizeOf));
  const work = Math.max(read, wrote, wrote * perNumber(name, call));
  add({ kernel: name, read, wrote, work });
}

function watching(name: string, kernel: tf.KernelFunc): tf.KernelFunc {
  const f: tf.KernelFunc = (call) => {
    if (!recording || inside) return kernel(call);
    inside = true;
    try {
      const result = kernel(call);
      noteKernel(name, call, result);
      return result;
    } finally {
      inside = false;
    }
  };
  watched.add(f);
  return f;
}

/** Puts methods before those that an object has. @returns what puts it back as it was */
function putBefore(object: object, methods: object): () => void {
  const before = Object.keys(methods).map(
    (key) => [key, Object.getOwnPropertyDescriptor(object, key)] as const,
  );
  Object.assign(object, methods);
  return () => {
    for (const [key, own] of before) {
      if (own) Object.defineProperty(object, key, own);
      else Reflect.deleteProperty(object, key); // what its class has, or gets later, shows again
    }
  };
}

/** Watches numbers on their way to and from JavaScript, and memory's end. @returns what ends that */
function watchMemory(): () => void {
  const backend = tf.backend();
  const { read, readSync, write, disposeData } = backend;
  const noteRead = (dataId: object) => {
    if (inside) return;
    const info = tf.engine().state.tensorInfo.get(dataId);
    const size = info ? sizeOf(info) : 0;
    add({ kernel: READ, read: size, wrote: 0, work: size });
  };
  const mine: Partial<tf.KernelBackend> = {
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
      if (inside) return dataId;
      const size = sizeOf({ shape });
      addMemory(dataId, size);
      add({ kernel: WRITTEN, read: 0, wrote: size, work: size });
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
  return putBefore(backend, mine);
}

/** Puts an observer before each kernel of the backend. @returns what takes them away again */
export function watchKernels(): () => void {
  const restore: tf.KernelConfig[] = [];
  for (const kernel of tf.getKernelsForBackend(tf.getBackend())) {
    if (watched.has(kernel.kernelFunc)) continue;
    restore.push({ ...kernel });
    kernel.kernelFunc = watching(kernel.kernelName, kernel.kernelFunc);
  }
  return () => {
    for (const kernel of restore) {
      const now = tf.getKernel(kernel.kernelName, kernel.backendName);
      if (now && watched.has(now.kernelFunc)) now.kernelFunc = kernel.kernelFunc;
    }
  };
}

/** Calls f and gives its result with what it ran. */
export async function recordRuns<T>(f: () => T): Promise<{ result: Awaited<T>; runs: Run[] }> {
  const unwatchKernels = watchKernels();
  const mine: Recording = { runs: [], live: new Map(), held: 0 };
  recording = mine;
  const unwatchMemory = watchMemory();
  try {
    return { result: await f(), runs: mine.runs };
  } finally {
    unwatchMemory();
    recording = undefined;
    unwatchKernels();
  }
}
