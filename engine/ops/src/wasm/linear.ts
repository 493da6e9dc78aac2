/** The linear layer and its gradient, which take tfjs four operations each way. */
import * as tf from "@tensorflow/tfjs-core";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { multiply } from "./matMul";
import { address, output } from "./module";
import { reduceAxis } from "./reduce";
import type { WasmKernel } from "./register";
import { runParallel } from "./threads";

const size = (t: tf.TensorInfo) => tf.util.sizeFromShape(t.shape);
type Inputs = Record<"x" | "w", tf.TensorInfo>;

function expectThat(name: string, fits: boolean, wanted: string): void {
  if (!fits) throw new Error(`${name}: expected ${wanted}`);
}

interface LinearSizes {
  rows: number;
  K: number;
  N: number;
}

/**
 * Of x [..., K], w [K, N] and b with N numbers.
 * @throws when they do not fit
 */
export function linearSizes({ x, w, b }: Inputs & { b: tf.TensorInfo }): LinearSizes {
  const sizes = weightSizes("Linear", { x, w });
  expectThat("Linear", size(b) === sizes.N, "as many numbers in b as w has columns");
  return sizes;
}

/**
 * Of x [..., K], w [K, N] and dy [..., N].
 * @throws when they do not fit
 */
export function linearGradSizes({ x, w, dy }: Inputs & { dy: tf.TensorInfo }): LinearSizes {
  const sizes = weightSizes("LinearGrad", { x, w });
  const fits = size(dy) === sizes.rows * sizes.N;
  expectThat("LinearGrad", fits, "dy of the shape of the layer's output");
  return sizes;
}

function weightSizes(name: string, { x, w }: Inputs): LinearSizes {
  const [K, N] = w.shape as [number, number];
  const fits = w.shape.length === 2 && x.shape.at(-1) === K && K > 0;
  expectThat(name, fits, "a matrix w with a row for each feature of x");
  const floats = x.dtype === "float32" && w.dtype === "float32";
  expectThat(name, floats, `float32, got ${x.dtype} and ${w.dtype}`);
  return { rows: size(x) / K, K, N };
}

/** y + b for each of its rows, in place. */
function addToRows(backend: BackendWasm, y: number, b: number, rows: number, N: number): void {
  const args = [0, 1, 1, y, b, y, N, rows, 4 * N, 0, 1, 0, 0];
  const perItem = { 3: 4 * N, 5: 4 * N };
  runParallel(backend, "binary", args, { count: 7, perItem, cost: 0.4 * N });
}

const LINEAR: WasmKernel = {
  name: "Linear",
  make: () => (backend, inputs) => {
    const { x, w, b } = inputs as Inputs & { b: tf.TensorInfo };
    const { rows, K, N } = linearSizes({ x, w, b });
    const long = { dataId: x.dataId, shape: [rows, K], dtype: x.dtype };
    const y = multiply(backend, long, w, { transposeA: false, transposeB: false });
    if (rows * N > 0) addToRows(backend, address(backend, y), address(backend, b), rows, N);
    return { ...y, shape: x.shape.with(-1, N) };
  },
};

/** dx = dy·wᵀ, dw = xᵀ·dy, db = Σ dy over the rows. */
const LINEAR_GRAD: WasmKernel = {
  name: "LinearGrad",
  make: () => (backend, inputs) => {
    const { x, w, dy } = inputs as Inputs & { dy: tf.TensorInfo };
    const { rows, K, N } = linearGradSizes({ x, w, dy });
    const long = (t: tf.TensorInfo, width: number) => ({ ...t, shape: [rows, width] });
    const [xs, dys] = [long(x, K), long(dy, N)];
    const dx = multiply(backend, dys, w, { transposeA: false, transposeB: true });
    const dw = multiply(backend, xs, dys, { transposeA: true, transposeB: false });
    const db = output(backend, [N], "float32");
    if (rows === 0) backend.typedArrayFromHeap(db).fill(0);
    else if (N > 0) {
      reduceAxis(backend, 0, address(backend, dy), address(backend, db), [1, rows, N], 1);
    }
    return [{ ...dx, shape: x.shape }, dw, db];
  },
};

export const LINEARS = [LINEAR, LINEAR_GRAD];
