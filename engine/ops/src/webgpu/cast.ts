/**
 * Casts from int32 and bool to float32. tfjs 4.22 only renames the type and leaves the buffer as it
 * is. Kernels that copy, such as Transpose, then read it as the wrong type, and their shaders don't
 * compile.
 */
import * as tf from "@tensorflow/tfjs-core";
import type { WebGPUBackend, WebGPUProgram } from "@tensorflow/tfjs-backend-webgpu";
import { stockKernel } from "./stock";

const WORKGROUP = 64;

export function castKernel(): tf.KernelConfig {
  const stock = stockKernel("Cast");
  return {
    ...stock,
    kernelFunc: (args) => {
      const { x } = args.inputs as { x: tf.TensorInfo };
      const { dtype } = args.attrs as { dtype: tf.DataType };
      if (dtype !== "float32" || (x.dtype !== "int32" && x.dtype !== "bool")) {
        return stock.kernelFunc(args);
      }
      const program: WebGPUProgram = {
        variableNames: ["A"],
        outputShape: x.shape,
        workgroupSize: [WORKGROUP, 1, 1],
        size: true,
        shaderKey: "castToFloat32",
        dispatchLayout: { x: x.shape.map((_, axis) => axis) },
        dispatch: [Math.ceil(tf.util.sizeFromShape(x.shape) / WORKGROUP), 1, 1],
        getUserCode: () =>
          "fn main(index: i32) { if (index < uniforms.size) { result[index] = f32(A[index]); } }",
      };
      return (args.backend as WebGPUBackend).runWebGPUProgram(program, [x], "float32");
    },
  };
}
