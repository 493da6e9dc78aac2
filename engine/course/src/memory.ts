/**
 * What a call costs: the most bytes of tensors that it holds at one time, and how long it takes.
 * Bytes are counted where tfjs's engine registers tensors, so this works on every device, but it
 * doesn't see scratch memory inside a kernel. Tensors that share their data, such as a reshaped one
 * and its original, count once.
 */
import * as tf from "@tensorflow/tfjs-core";

interface ByteCounter {
  current: number;
  peak: number;
}
/** The methods of tfjs's engine (4.22) that it calls for every new tensor and all freed data. */
interface Engine {
  state: { tensorInfo: WeakMap<object, { bytes: number }> };
  trackTensor(tensor: tf.Tensor, backend: unknown): void;
  removeDataId(dataId: object, backend: unknown): void;
}

/** One for each call being measured; they may overlap. */
const counters = new Set<ByteCounter>();

/** Puts counting methods in front of the engine's own, which stay on its prototype. */
function hook(): void {
  const engine = tf.engine() as unknown as Engine;
  const { tensorInfo } = engine.state;
  const { trackTensor, removeDataId } = Object.getPrototypeOf(engine) as Engine;
  const bytes = (data: object) => tensorInfo.get(data)?.bytes ?? 0;
  const change = (by: number) => {
    for (const held of counters) {
      held.current += by;
      held.peak = Math.max(held.peak, held.current);
    }
  };
  engine.trackTensor = (tensor, backend) => {
    const before = bytes(tensor.dataId);
    trackTensor.call(engine, tensor, backend);
    change(bytes(tensor.dataId) - before);
  };
  engine.removeDataId = (data, backend) => {
    const before = bytes(data);
    removeDataId.call(engine, data, backend);
    change(bytes(data) - before);
  };
}

function unhook(): void {
  const engine = tf.engine() as unknown as Partial<Engine>;
  delete engine.trackTensor;
  delete engine.removeDataId;
}

/** Counts what `f` holds while it runs and, if it returns a promise, until that settles. */
function counted<T>(f: () => T, held: ByteCounter): T {
  const end = () => {
    counters.delete(held);
    if (counters.size === 0) unhook();
  };
  if (counters.size === 0) hook();
  counters.add(held);
  let result: T;
  try {
    result = f();
  } catch (e) {
    end();
    throw e;
  }
  if (result instanceof Promise) return result.finally(end) as T;
  end();
  return result;
}

/** Like tf.tidy, leaves only the result of f. Unlike tf.tidy, it takes asynchronous functions. */
function tidied(f: () => unknown): unknown {
  const engine = tf.engine();
  let left: unknown;
  engine.startScope();
  try {
    const result = f();
    left = result instanceof Promise ? engine.state.activeScope.track : result;
    return result;
  } finally {
    engine.endScope(left as tf.TensorContainer);
  }
}

/**
 * The most bytes of tensors that a call holds at one time, beyond those that existed before:
 * peakBytes(() => softmax(x)). Its result is counted and then disposed of. A promise is awaited;
 * anything else that runs meanwhile is counted too.
 * @throws what the call throws
 */
export function peakBytes(f: () => Promise<unknown>): Promise<number>;
export function peakBytes(f: () => unknown): number;
export function peakBytes(f: () => unknown): number | Promise<number> {
  const held = { current: 0, peak: 0 };
  const done = (result: unknown) => {
    tf.dispose(result as tf.TensorContainer);
    return held.peak;
  };
  const result = counted(() => tidied(f), held);
  return result instanceof Promise ? result.then(done) : done(result);
}

/** `measure` starts no further round after this many milliseconds. */
const MEASURE_BUDGET_MS = 2000;

/** Peak bytes, as peakBytes counts them, and the time of a call. */
export interface Cost {
  bytes: number;
  milliseconds: number;
}

/**
 * Peak bytes and time of a call, until all tensors of its result can be read; then they are
 * disposed of. The time is the shortest of several rounds, since other programs can only slow a
 * call down.
 * @param rounds at most this many, 3 unless given; none starts after two seconds
 * @throws what the call throws
 */
export async function measure(f: () => unknown, rounds = 3): Promise<Cost> {
  const times: number[] = [];
  const round = async () => {
    const start = performance.now();
    const result = (await tidied(f)) as tf.TensorContainer;
    await Promise.all(tf.tensor_util.getTensorsInContainer(result).map((t) => t.data()));
    times.push(performance.now() - start);
    tf.dispose(result);
  };
  const bytes = await peakBytes(round);
  while (times.length < rounds && times.reduce((a, b) => a + b) < MEASURE_BUDGET_MS) await round();
  return { bytes, milliseconds: Math.min(...times) };
}
