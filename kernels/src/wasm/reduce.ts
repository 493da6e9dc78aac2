/** Sums, means, largest and smallest numbers along axes; softmax. */
import * as tf from "@tensorflow/tfjs-core";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { address, output, wasm, withScratch } from "./module";
import type { WasmKernel } from "./register";

/** Neighbouring axes that are reduced, or kept, as one. */
interface Stretch {
  length: number;
  reduced: boolean;
}

function stretches(shape: number[], axes: Set<number>): Stretch[] {
  const found: Stretch[] = [];
  shape.forEach((length, axis) => {
    const last = found.at(-1);
    const reduced = axes.has(axis);
    if (last?.reduced === reduced) last.length *= length;
    else found.push({ length, reduced });
  });
  return found;
}

const product = (parts: Stretch[]) => parts.reduce((n, { length }) => n * length, 1);

/** Reduces the last stretch to be reduced, into memory in between when there is another. */
function reduceFrom(
  backend: BackendWasm,
  op: number,
  from: number,
  parts: Stretch[],
  to: number,
  scale: number,
): void {
  const at = parts.findLastIndex(({ reduced }) => reduced);
  const before = parts.slice(0, at);
  const after = parts.slice(at + 1);
  const outer = product(before);
  const inner = product(after);
  const n = parts[at]!.length;
  const { reduce } = wasm(backend);
  if (!before.some(({ reduced }) => reduced)) reduce(op, from, to, outer, n, inner, scale);
  else {
    withScratch(backend, 4 * outer * inner, (between) => {
      reduce(op, from, between, outer, n, inner, 1);
      reduceFrom(backend, op, between, [...before, ...after], to, scale);
    });
  }
}

/** empty: what the result holds where nothing is reduced. */
const reduction = (
  name: string,
  op: number,
  axisName: string,
  empty: number,
  mean = false,
): WasmKernel => ({
  name,
  make: (stock) => (backend, inputs, attrs) => {
    const x = inputs.x!;
    if (x.dtype !== "float32") return stock(backend, inputs, attrs);
    const axes = new Set(tf.util.parseAxisParam(attrs[axisName] as number | number[], x.shape));
    const shape = x.shape.flatMap((length, axis) =>
      !axes.has(axis) ? [length] : attrs.keepDims ? [1] : [],
    );
    const result = output(backend, shape, "float32");
    const parts = stretches(x.shape, axes);
    const n = product(parts.filter(({ reduced }) => reduced));
    if (n === 0) backend.typedArrayFromHeap(result).fill(empty);
    else if (tf.util.sizeFromShape(shape) > 0) {
      reduceFrom(
        backend,
        op,
        address(backend, x),
        axes.size > 0 ? parts : [{ length: 1, reduced: true }, ...parts],
        address(backend, result),
        mean ? 1 / n : 1,
      );
    }
    return result;
  },
});

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
      wasm(backend).softmax(
        address(backend, x),
        address(backend, y),
        tf.util.sizeFromShape(x.shape) / n,
        n,
        -Infinity,
      );
    }
    return y;
  },
};

export const REDUCTIONS = [
  reduction("Sum", 0, "axis", 0),
  reduction("Mean", 0, "axis", 0, true),
  reduction("Max", 1, "reductionIndices", NaN),
  reduction("Min", 2, "axis", NaN),
  SOFTMAX,
];
