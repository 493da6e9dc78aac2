/** The linear layer and its gradient, which WASM's kernels do not have. */
import * as tf from "@tensorflow/tfjs-core";
import { address, output } from "../wasm/module";
import type { WasmKernel } from "../wasm/register";
import { native } from "./module";

const size = (t: tf.TensorInfo) => tf.util.sizeFromShape(t.shape);
type Inputs = Record<"x" | "w", tf.TensorInfo>;

function expectThat(name: string, fits: boolean, wanted: string): void {
  if (!fits) throw new Error(`${name}: expected ${wanted}`);
}

/** [rows, K, N] of x [..., K] and w [K, N]. */
function sizesOf(name: string, { x, w }: Inputs): [number, number, number] {
  const [K, N] = w.shape as [number, number];
  const fits = w.shape.length === 2 && x.shape.at(-1) === K && K > 0;
  expectThat(name, fits, "a matrix w with a row for each feature of x");
  const floats = x.dtype === "float32" && w.dtype === "float32";
  expectThat(name, floats, `float32, got ${x.dtype} and ${w.dtype}`);
  return [size(x) / K, K, N];
}

const LINEAR: WasmKernel = {
  name: "Linear",
  make: () => (backend, inputs) => {
    const { x, w, b } = inputs as Inputs & { b: tf.TensorInfo };
    const [rows, K, N] = sizesOf("Linear", { x, w });
    expectThat("Linear", size(b) === N, "as many numbers in b as w has columns");
    const y = output(backend, x.shape.with(-1, N), "float32");
    const at = [x, w, b, y].map((t) => address(backend, t));
    if (rows * N > 0) native(backend, "linear", ...at, rows, K, N);
    return y;
  },
};

const LINEAR_GRAD: WasmKernel = {
  name: "LinearGrad",
  make: () => (backend, inputs) => {
    const { x, w, dy } = inputs as Inputs & { dy: tf.TensorInfo };
    const [rows, K, N] = sizesOf("LinearGrad", { x, w });
    const fits = size(dy) === rows * N;
    expectThat("LinearGrad", fits, "dy of the shape of the layer's output");
    const results = [x.shape, w.shape, [N]].map((shape) => output(backend, shape, "float32"));
    if (rows * N > 0) {
      const at = [x, w, dy, ...results].map((t) => address(backend, t));
      native(backend, "linearGrad", ...at, rows, K, N);
    } else {
      for (const t of results) backend.typedArrayFromHeap(t).fill(0);
    }
    return results;
  },
};

export const LINEARS = [LINEAR, LINEAR_GRAD];
