/** Functions of single numbers, and arithmetic with broadcasting. */
import * as tf from "@tensorflow/tfjs-core";
import { broadcastShape, joinAxes } from "../wasm/elementwise";
import { address, output } from "../wasm/module";
import type { WasmKernel } from "../wasm/register";
import { native } from "./module";
import { isWorthCall } from "./worth";

const size = (t: tf.TensorInfo) => tf.util.sizeFromShape(t.shape);

/** @param cost about how many additions one number is worth */
const unary = (name: string, op: number, cost: number): WasmKernel => ({
  name,
  make: (stock) => (backend, inputs, attrs) => {
    const x = inputs.x!;
    const n = size(x);
    if (x.dtype !== "float32" || !isWorthCall(n * cost)) return stock(backend, inputs, attrs);
    const y = output(backend, x.shape, "float32");
    native(backend, "unary", op, address(backend, x), address(backend, y), n);
    return y;
  },
});

const binary = (name: string, op: number): WasmKernel => ({
  name,
  make: (stock) => (backend, inputs, attrs) => {
    const { a, b } = inputs as { a: tf.TensorInfo; b: tf.TensorInfo };
    const floats = a.dtype === "float32" && b.dtype === "float32";
    if (!floats || !isWorthCall(Math.max(size(a), size(b)))) return stock(backend, inputs, attrs);
    const shape = broadcastShape(a, b);
    const [row, rows = { length: 1, a: 0, b: 0 }, ...more] = joinAxes(shape, a.shape, b.shape);
    if (more.length > 0 || row.length * rows.length === 0) return stock(backend, inputs, attrs);
    const y = output(backend, shape, "float32");
    const left = [address(backend, a), rows.a, row.a];
    const right = [address(backend, b), rows.b, row.b];
    const to = address(backend, y);
    native(backend, "binary", op, ...left, ...right, to, rows.length, row.length);
    return y;
  },
});

export const ELEMENTWISE = [
  unary("Exp", 0, 4),
  unary("Tanh", 1, 8),
  unary("Erf", 2, 8),
  unary("Square", 3, 1),
  unary("Sqrt", 4, 4),
  unary("Rsqrt", 5, 8),
  unary("Neg", 6, 1),
  unary("Sigmoid", 7, 6),
  unary("Relu", 8, 1),
  unary("Log", 9, 4),
  ...["Add", "Sub", "Multiply", "RealDiv", "Maximum", "Minimum", "SquaredDifference"].map(binary),
];
