/**
 * Results whose shape tfjs 4.22 gets wrong there: the place of the largest number of a single row
 * is a scalar, not [1], and the parts of a complex tensor have its shape, also after it was
 * reshaped (as every Fourier transform does).
 */
import * as tf from "@tensorflow/tfjs-core";

function withShape(
  kernelName: string,
  shapeOf: (inputs: Record<string, tf.TensorInfo>, shape: number[]) => number[],
): tf.KernelConfig {
  const stock = tf.getKernel(kernelName, "webgpu");
  if (!stock) {
    throw new Error(
      `registerWebgpuKernels: tfjs's WebGPU backend has no ${kernelName}, import ` +
        "@tensorflow/tfjs-backend-webgpu first",
    );
  }
  return {
    ...stock,
    kernelFunc: (args) => {
      const result = stock.kernelFunc(args) as tf.TensorInfo;
      return {
        ...result,
        shape: shapeOf(args.inputs as Record<string, tf.TensorInfo>, result.shape),
      };
    },
  };
}

export const mendedShapes = (): tf.KernelConfig[] => [
  ...["ArgMax", "ArgMin"].map((name) =>
    withShape(name, ({ x }, shape) => (x!.shape.length === 1 ? [] : shape)),
  ),
  ...["Real", "Imag"].map((name) => withShape(name, ({ input }) => input!.shape)),
];
