/** The linear layer and its gradient. */
import type * as tf from "@tensorflow/tfjs-core";
import { linearGradSizes, linearSizes } from "../wasm/linear";
import { address, output } from "../wasm/module";
import type { WasmKernel } from "../wasm/register";
import { native } from "./module";

const LINEAR: WasmKernel = {
  name: "Linear",
  make: () => (backend, inputs) => {
    const { x, w, b } = inputs as Record<"x" | "w" | "b", tf.TensorInfo>;
    const { rows, K, N } = linearSizes({ x, w, b });
    const y = output(backend, x.shape.with(-1, N), "float32");
    const at = [x, w, b, y].map((t) => address(backend, t));
    if (rows * N > 0) native(backend, "linear", ...at, rows, K, N);
    return y;
  },
};

const LINEAR_GRAD: WasmKernel = {
  name: "LinearGrad",
  make: () => (backend, inputs) => {
    const { x, w, dy } = inputs as Record<"x" | "w" | "dy", tf.TensorInfo>;
    const { rows, K, N } = linearGradSizes({ x, w, dy });
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
