/** Functions of single numbers, arithmetic and comparisons with broadcasting, select and casts. */
import * as tf from "@tensorflow/tfjs-core";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { address, output, reshaped, wasm } from "./module";
import type { WasmKernel } from "./register";
import { runParallel, type Partition } from "./threads";

const size = (t: tf.TensorInfo) => tf.util.sizeFromShape(t.shape);
const same = (a: tf.TensorInfo, b: tf.TensorInfo) => tf.util.arraysEqual(a.shape, b.shape);

/** @param cost nanoseconds that one number takes */
const unary = (name: string, op: number, cost: number): WasmKernel => ({
  name,
  make: (stock) => (backend, inputs, attrs) => {
    const x = inputs.x!;
    if (x.dtype !== "float32") return stock(backend, inputs, attrs);
    const y = output(backend, x.shape, x.dtype);
    const args = [op, address(backend, x), address(backend, y), size(x)];
    runParallel(backend, "unary", args, { count: 3, perItem: { 1: 4, 2: 4 }, unit: 4, cost });
    return y;
  },
});

/** An axis of the result: its length, and how far each input moves per step, 0 to stay in place. */
interface Axis {
  length: number;
  a: number;
  b: number;
}

/** The result's axes from last to first; neighbors are joined if both inputs run through them. */
export function joinAxes(shape: number[], aShape: number[], bShape: number[]): [Axis, ...Axis[]] {
  const axes: Axis[] = [];
  let sizeA = 1;
  let sizeB = 1;
  for (let back = 1; back <= shape.length; back++) {
    const length = shape[shape.length - back]!;
    const ownA = aShape[aShape.length - back] ?? 1;
    const ownB = bShape[bShape.length - back] ?? 1;
    if (length === 1) continue;
    const next = { length, a: ownA === 1 ? 0 : sizeA, b: ownB === 1 ? 0 : sizeB };
    const last = axes.at(-1);
    sizeA *= ownA;
    sizeB *= ownB;
    if (last && last.a > 0 === next.a > 0 && last.b > 0 === next.b > 0) last.length *= length;
    else axes.push(next);
  }
  return axes.length > 0 ? (axes as [Axis, ...Axis[]]) : [{ length: 1, a: 1, b: 1 }];
}

/** The shape of a result of a and b. @throws when they do not fit */
export const broadcastShape = (a: tf.TensorInfo, b: tf.TensorInfo): number[] =>
  same(a, b) ? a.shape : tf.backend_util.assertAndGetBroadcastShape(a.shape, b.shape);

const NO_AXIS: Axis = { length: 1, a: 0, b: 0 };
/** What binary takes for an axis around the rows: its length, and both steps in bytes. */
const around = ({ length, a, b }: Axis) => [length, 4 * a, 4 * b] as const;

/** Nanoseconds that one number of an arithmetic operation takes, roughly. */
const NS_PER_NUMBER = 0.4;

/**
 * How `binary` is cut: along the outermost of its axes that is longer than 1.
 * @param bytes of a number of the result
 */
function partitionOf(row: Axis, axis1: Axis, axis2: Axis, bytes: number): Partition {
  const inner = row.length * axis1.length;
  const along = ({ a, b }: Axis, numbers: number) => ({ 3: 4 * a, 4: 4 * b, 5: bytes * numbers });
  if (axis2.length > 1) {
    return { count: 10, perItem: along(axis2, inner), cost: NS_PER_NUMBER * inner };
  }
  if (axis1.length > 1) {
    return { count: 7, perItem: along(axis1, row.length), cost: NS_PER_NUMBER * row.length };
  }
  return { count: 6, perItem: along(row, 1), unit: 16, cost: NS_PER_NUMBER };
}

/** Runs an operation; the module covers the last three axes, and a loop all others. */
function broadcast(
  backend: BackendWasm,
  op: number,
  a: tf.TensorInfo,
  b: tf.TensorInfo,
  result: tf.TensorInfo,
): void {
  // what models do most, without a look at each axis
  const axes: [Axis, ...Axis[]] = same(a, b)
    ? [{ length: size(result), a: 1, b: 1 }]
    : joinAxes(result.shape, a.shape, b.shape);
  const [row, axis1 = NO_AXIS, axis2 = NO_AXIS, ...outer] = axes;
  let to = address(backend, result);
  const own = tf.util.bytesPerElement(result.dtype);
  const bytes = row.length * axis1.length * axis2.length * own;
  const cut = partitionOf(row, axis1, axis2, own);
  const inner = [row.length, ...around(axis1), ...around(axis2)] as const;
  const visit = (depth: number, fromA: number, fromB: number): void => {
    if (depth < 0) {
      runParallel(backend, "binary", [op, row.a, row.b, fromA, fromB, to, ...inner], cut);
      to += bytes;
      return;
    }
    const { length, a, b } = outer[depth]!;
    for (let i = 0; i < length; i++) visit(depth - 1, fromA + 4 * i * a, fromB + 4 * i * b);
  };
  visit(outer.length - 1, address(backend, a), address(backend, b));
}

/**
 * A kernel of two inputs.
 * @param codes the operation's numbers in binary.ts by dtype; other dtypes go to the stock kernel
 */
const binary = (
  name: string,
  kind: "arithmetic" | "comparison",
  codes: { float32: number; int32?: number },
): WasmKernel => ({
  name,
  make: (stock) => (backend, inputs, attrs) => {
    const { a, b } = inputs as { a: tf.TensorInfo; b: tf.TensorInfo };
    const op = (codes as Record<string, number | undefined>)[a.dtype];
    if (a.dtype !== b.dtype || op === undefined) return stock(backend, inputs, attrs);
    const shape = broadcastShape(a, b);
    const result = output(backend, shape, kind === "comparison" ? "bool" : a.dtype);
    if (size(result) > 0) broadcast(backend, op, a, b, result);
    return result;
  },
});

const logical = (name: string, op: number): WasmKernel => ({
  name,
  make: (stock) => (backend, inputs, attrs) => {
    const { a, b } = inputs as { a: tf.TensorInfo; b: tf.TensorInfo };
    if (!same(a, b)) return stock(backend, inputs, attrs);
    const result = output(backend, a.shape, "bool");
    const at = (t: tf.TensorInfo) => address(backend, t);
    wasm(backend).logical(op, at(a), at(b), at(result), size(a));
    return result;
  },
});

const SELECT: WasmKernel = {
  name: "Select",
  make: (stock) => (backend, inputs, attrs) => {
    const { condition, t, e } = inputs as Record<"condition" | "t" | "e", tf.TensorInfo>;
    const alike = same(condition, t) && same(t, e) && t.dtype === e.dtype;
    if (!alike || tf.util.bytesPerElement(t.dtype) !== 4) return stock(backend, inputs, attrs);
    const result = output(backend, t.shape, t.dtype);
    const at = (x: tf.TensorInfo) => address(backend, x);
    wasm(backend).select(at(condition), at(t), at(e), at(result), size(t));
    return result;
  },
};

const CASTS: Record<string, number> = { "int32 float32": 0, "bool float32": 1, "bool int32": 2 };

export const CAST: WasmKernel = {
  name: "Cast",
  make: (stock) => (backend, inputs, attrs) => {
    const x = inputs.x!;
    const dtype = attrs.dtype as tf.DataType;
    if (x.dtype === dtype) return reshaped(backend, x, x.shape);
    const way = CASTS[`${x.dtype} ${dtype}`];
    // the stock kernel casts 0.5 to 0
    const truth = dtype === "bool" && (x.dtype === "float32" || x.dtype === "int32");
    if (way === undefined && !truth) return stock(backend, inputs, attrs);
    const y = output(backend, x.shape, dtype);
    const from = address(backend, x);
    const to = address(backend, y);
    if (truth) wasm(backend).truth(x.dtype === "float32" ? 1 : 0, from, to, size(x));
    else wasm(backend).cast(way!, from, to, size(x));
    return y;
  },
};

/** Shares the numbers; the stock kernel copies them. */
const IDENTITY: WasmKernel = {
  name: "Identity",
  make:
    () =>
    (backend, { x }) =>
      reshaped(backend, x!, x!.shape),
};

export const ELEMENTWISE = [
  unary("Exp", 0, 0.8),
  unary("Tanh", 1, 1.5),
  unary("Erf", 2, 2),
  unary("Square", 3, 0.4),
  unary("Sqrt", 4, 1),
  unary("Rsqrt", 5, 1.5),
  unary("Neg", 6, 0.4),
  unary("Relu", 7, 0.4),
  unary("Log", 8, 1),
  binary("Add", "arithmetic", { float32: 0, int32: 7 }),
  binary("Sub", "arithmetic", { float32: 1, int32: 8 }),
  binary("Multiply", "arithmetic", { float32: 2, int32: 9 }),
  binary("RealDiv", "arithmetic", { float32: 3 }),
  binary("Maximum", "arithmetic", { float32: 4 }),
  binary("Minimum", "arithmetic", { float32: 5 }),
  binary("SquaredDifference", "arithmetic", { float32: 6 }),
  ...["Equal", "NotEqual", "Less", "LessEqual", "Greater", "GreaterEqual"].map((name, i) =>
    binary(name, "comparison", { float32: 10 + i, int32: 16 + i }),
  ),
  logical("LogicalAnd", 0),
  logical("LogicalOr", 1),
  SELECT,
  CAST,
  IDENTITY,
];
