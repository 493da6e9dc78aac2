/** Sums, means, maxima and minima along axes; softmax. */
import * as tf from "@tensorflow/tfjs-core";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { address, output, withScratch } from "./module";
import type { WasmKernel } from "./register";
import { runParallel } from "./threads";

/** Neighboring axes that are all reduced, or all kept, as one. */
interface AxisGroup {
  length: number;
  reduced: boolean;
}

function axisGroups(shape: number[], axes: Set<number>): AxisGroup[] {
  const found: AxisGroup[] = [];
  shape.forEach((length, axis) => {
    const last = found.at(-1);
    const reduced = axes.has(axis);
    if (last?.reduced === reduced) last.length *= length;
    else found.push({ length, reduced });
  });
  return found;
}

const product = (parts: AxisGroup[]) => parts.reduce((n, { length }) => n * length, 1);

/** Nanoseconds that a number takes to be added, or to be compared. */
const NS_PER_NUMBER = 0.15;

/**
 * y [outer, inner] of x [outer, n, inner]; the work is cut where the result is, so no sum is split.
 * @param op its number in engine/ops/assembly/reduce.ts
 */
export function reduceAxis(
  backend: BackendWasm,
  op: number,
  x: number,
  y: number,
  [outer, n, inner]: readonly [outer: number, n: number, inner: number],
  scale: number,
): void {
  const cut =
    outer > 1
      ? { count: 3, perItem: { 1: 4 * n * inner, 2: 4 * inner }, cost: NS_PER_NUMBER * n * inner }
      : { count: 5, perItem: { 1: 4, 2: 4 }, unit: 16, cost: NS_PER_NUMBER * n };
  runParallel(backend, "reduce", [op, x, y, outer, n, inner, scale, 4 * inner], cut);
}

/** Reduces the last stretch that needs it; if there are more, through memory in between. */
function reduceFrom(
  backend: BackendWasm,
  op: number,
  from: number,
  parts: AxisGroup[],
  to: number,
  scale: number,
): void {
  const at = parts.findLastIndex(({ reduced }) => reduced);
  const before = parts.slice(0, at);
  const after = parts.slice(at + 1);
  const outer = product(before);
  const inner = product(after);
  const n = parts[at]!.length;
  const shape = [outer, n, inner] as const;
  if (!before.some(({ reduced }) => reduced)) reduceAxis(backend, op, from, to, shape, scale);
  else {
    withScratch(backend, 4 * outer * inner, (between) => {
      reduceAxis(backend, op, from, between, shape, 1);
      reduceFrom(backend, op, between, [...before, ...after], to, scale);
    });
  }
}

interface Reduction {
  name: string;
  /** its number in engine/ops/assembly/reduce.ts */
  op: number;
  /** tfjs's name of the attribute that holds the axes */
  axisName: string;
  /** the result of reducing nothing */
  empty: number;
  mean?: boolean;
}

const reduction = ({ name, op, axisName, empty, mean }: Reduction): WasmKernel => ({
  name,
  make: (stock) => (backend, inputs, attrs) => {
    const x = inputs.x!;
    if (x.dtype !== "float32") return stock(backend, inputs, attrs);
    const axes = new Set(tf.util.parseAxisParam(attrs[axisName] as number | number[], x.shape));
    const reducedTo = attrs.keepDims ? [1] : [];
    const shape = x.shape.flatMap((length, axis) => (axes.has(axis) ? reducedTo : [length]));
    const result = output(backend, shape, "float32");
    const parts = axisGroups(x.shape, axes);
    const n = product(parts.filter(({ reduced }) => reduced));
    if (n === 0) backend.typedArrayFromHeap(result).fill(empty);
    else if (tf.util.sizeFromShape(shape) > 0) {
      if (axes.size === 0) parts.unshift({ length: 1, reduced: true });
      const [from, to] = [address(backend, x), address(backend, result)];
      reduceFrom(backend, op, from, parts, to, mean ? 1 / n : 1);
    }
    return result;
  },
});

/** @param lowest what rows' maxima begin with */
export function softmaxRows(
  backend: BackendWasm,
  x: number,
  y: number,
  rows: number,
  n: number,
  lowest: number,
): void {
  const perItem = { 0: 4 * n, 1: 4 * n };
  runParallel(backend, "softmax", [x, y, rows, n, lowest], { count: 2, perItem, cost: 1.5 * n });
}

const SOFTMAX: WasmKernel = {
  name: "Softmax",
  make: (stock) => (backend, inputs, attrs) => {
    const x = inputs.logits!;
    const n = x.shape.at(-1) ?? 1;
    if (x.dtype !== "float32" || attrs.dim !== x.shape.length - 1) {
      return stock(backend, inputs, attrs);
    }
    const y = output(backend, x.shape, x.dtype);
    if (n > 0) {
      const rows = tf.util.sizeFromShape(x.shape) / n;
      softmaxRows(backend, address(backend, x), address(backend, y), rows, n, -Infinity);
    }
    return y;
  },
};

export const REDUCTIONS = [
  reduction({ name: "Sum", op: 0, axisName: "axis", empty: 0 }),
  reduction({
    name: "Mean",
    op: 0,
    axisName: "axis",
    empty: 0,
    mean: true,
  }),
  reduction({ name: "Max", op: 1, axisName: "reductionIndices", empty: NaN }),
  reduction({ name: "Min", op: 2, axisName: "axis", empty: NaN }),
  SOFTMAX,
];
