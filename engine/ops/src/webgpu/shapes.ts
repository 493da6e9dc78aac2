/**
 * Results whose shape tfjs 4.22 gets wrong. The argMax of a vector is a scalar, not [1]. The parts
 * of a complex tensor have its shape, even after it was reshaped, as every Fourier transform does.
 */
import type * as tf from "@tensorflow/tfjs-core";
import { stockKernel } from "./stock";

type Inputs = Record<string, tf.TensorInfo>;

function withShape(
  kernelName: string,
  shapeOf: (inputs: Inputs, shape: number[]) => number[],
): tf.KernelConfig {
  const stock = stockKernel(kernelName);
  return {
    ...stock,
    kernelFunc: (args) => {
      const result = stock.kernelFunc(args) as tf.TensorInfo;
      return { ...result, shape: shapeOf(args.inputs as Inputs, result.shape) };
    },
  };
}

export const fixedShapes = (): tf.KernelConfig[] => [
  ...["ArgMax", "ArgMin"].map((name) =>
    withShape(name, ({ x }, shape) => (x!.shape.length === 1 ? [] : shape)),
  ),
  ...["Real", "Imag"].map((name) => withShape(name, ({ input }) => input!.shape)),
];
