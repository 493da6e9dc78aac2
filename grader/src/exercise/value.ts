/**
 * The plain data that goes into an exercise and comes out of it: tensors as typed arrays, numbers,
 * text, lists and records, and what JSON lacks: bytes, 32-bit integers, maps and patterns. Values
 * cross process boundaries, lie on disk beside reference tensors and are compared without a device.
 * Seeded random values are here too. Converting to and from tfjs's tensors is in tensors.ts.
 */

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- any function of a course
export type AnyFunction = (...args: any[]) => unknown;

export type DType = "float32" | "int32" | "bool";

/** A tensor as plain data: row-major; bool holds 0 and 1. */
export interface TensorData {
  shape: number[];
  dtype: DType;
  data: Float32Array | Int32Array | Uint8Array;
}

/**
 * A function among a case's arguments, as the text of a JavaScript expression in which `tf` is
 * tfjs. The expression sees nothing else of its case.
 */
export interface FunctionData {
  $function: string;
}

export type Value =
  | TensorData
  | FunctionData
  | number
  | string
  | boolean
  | null
  | undefined
  | Uint8Array
  | Int32Array
  | RegExp
  | Value[]
  | ValueMap
  | { [name: string]: Value };
export type ValueMap = Map<string | number, Value>;

export const ARRAYS = { float32: Float32Array, int32: Int32Array, bool: Uint8Array } as const;

export const sizeOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/** A tensor from nested or flat numbers: tensorData([2, 2], [1, 2, 3, 4]). */
export function tensorData(
  shape: number[],
  values: ArrayLike<number>,
  dtype: DType = "float32",
): TensorData {
  if (values.length !== sizeOf(shape)) {
    throw new Error(
      `tensorData: expected ${sizeOf(shape)} values for [${shape.join(", ")}], got ` +
        `${values.length}`,
    );
  }
  return { shape, dtype, data: ARRAYS[dtype].from(values) };
}

export function isTensorData(v: unknown): v is TensorData {
  return (
    typeof v === "object" &&
    v !== null &&
    "dtype" in v &&
    "shape" in v &&
    "data" in v &&
    ArrayBuffer.isView((v as TensorData).data)
  );
}

/**
 * Seeded random numbers and tensors. They come from mulberry32, normals from the Box–Muller
 * transform.
 */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** A whole number, low ≤ n ≤ high. */
  int(low: number, high: number): number;
  pick<T>(items: readonly T[]): T;
  uniform(shape: number[], low?: number, high?: number): TensorData;
  normal(shape: number[], scale?: number, mean?: number): TensorData;
  /** int32 ids, 0 ≤ id < below. */
  ids(shape: number[], below: number): TensorData;
}

/** Random numbers and arrays from a seed: the same seed gives the same ones everywhere. */
export function random(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const gaussian = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  const fill = (shape: number[], draw: () => number, dtype?: "int32") =>
    tensorData(shape, Array.from({ length: sizeOf(shape) }, draw), dtype);
  const int = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  return {
    next,
    int,
    pick: (items) => items[int(0, items.length - 1)]!,
    uniform: (shape, low = 0, high = 1) => fill(shape, () => low + (high - low) * next()),
    normal: (shape, scale = 1, mean = 0) => fill(shape, () => mean + scale * gaussian()),
    ids: (shape, below) => fill(shape, () => int(0, below - 1), "int32"),
  };
}
