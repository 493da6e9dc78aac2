/**
 * Seeded random inputs: the same seed gives the same cases on every machine. Numbers come from
 * mulberry32, normals from the Box–Muller transform.
 */
import { sizeOf, tensorData, type TensorData } from "./value";

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
