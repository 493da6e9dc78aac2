/** Shares the work of our functions among threads where it is worth their waking. */
import * as tf from "@tensorflow/tfjs-core";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { wasm, type Name } from "./module";
import { MAX_CHUNKS, startPool, type Pool } from "./pool";

/** How a function's work can be cut: into items that are computed from arguments of their own. */
export interface Partition {
  /** The argument that says how many items to compute. */
  count: number;
  /** By argument: bytes, or whatever it counts, from one item to the next. */
  perItem: Record<number, number>;
  /** By argument: bytes of its memory that each thread needs for itself. */
  perThread?: Record<number, number>;
  /** Pieces begin at multiples of so many items; 1 unless given. */
  unit?: number;
  /** Items of a piece at least; 1 unless given. */
  minItems?: number;
  /** Nanoseconds that a thread takes for an item, roughly. */
  cost: number;
}

/** Functions that are cut. */
const PARALLEL_FUNCTIONS = [
  "gemm",
  "packedProduct",
  "unpackBlocks",
  "unpackedProduct",
  "flashAttention",
  "flashPack",
  "copy",
  "transpose",
  "reduce",
  "softmax",
  "softmaxGrad",
  "layerNorm",
  "layerNormGrad",
  "unary",
  "binary",
  "gelu",
  "geluGrad",
  "geluTanh",
  "geluTanhGrad",
  "rmsNorm",
  "gatedSilu",
  "cachedAttention",
] as const satisfies readonly Name[];
export type ParallelName = (typeof PARALLEL_FUNCTIONS)[number];

/** Nanoseconds from which on work is shared: waking a thread takes a tenth of it. */
const MIN_PARALLEL_NS = 60_000;
/** Pieces for each thread, so that none waits long for the last one. */
const CHUNKS_PER_THREAD = 32;
/** Nanoseconds that a piece takes at least. */
const MIN_CHUNK_NS = 10_000;

const pools = new WeakMap<BackendWasm, Pool>();

function poolOf(backend: BackendWasm): Pool {
  const known = pools.get(backend);
  if (known) return known;
  const own = wasm(backend);
  const functions = PARALLEL_FUNCTIONS.map((name) => ({ name, run: own[name] }));
  const pool = startPool(own.threads, own.module, own.memory, functions);
  pools.set(backend, pool);
  return pool;
}

/** Threads of tfjs's WASM backend, the caller's included; 1 where it hasn't started. */
export function wasmThreads(): number {
  const backend = tf.findBackend("wasm") as BackendWasm | null;
  if (!backend) return 1;
  const helpers = pools.get(backend)?.helpers();
  return helpers === undefined ? wasm(backend).threads : helpers + 1;
}

/** Computes a function, together with other threads if the work is large enough. */
export function runParallel(
  backend: BackendWasm,
  name: ParallelName,
  args: number[],
  cut: Partition,
): void {
  const own = wasm(backend);
  const items = args[cut.count]!;
  const alone = own.threads === 1 || items * cut.cost < MIN_PARALLEL_NS;
  const pool = alone ? undefined : poolOf(backend);
  if (!pool || pool.helpers() === 0 || pool.isBackingOff()) {
    own[name](...args);
    return;
  }
  const { unit = 1, minItems: atLeast = 1, count, perItem, perThread = {} } = cut;
  const least = Math.max(atLeast, MIN_CHUNK_NS / cut.cost, items / MAX_CHUNKS);
  const wanted = Math.max(items / (own.threads * CHUNKS_PER_THREAD), least);
  pool.run({
    f: PARALLEL_FUNCTIONS.indexOf(name),
    args: args.map((value, i) => [value, perItem[i] ?? 0, perThread[i] ?? 0]),
    count,
    items,
    itemsPerChunk: Math.ceil(wanted / unit) * unit,
  });
}
