/**
 * Sums, means, products and extremes of nothing: tfjs 4.22's WebGPU kernels divide by the length of
 * the axis and fail.
 */
import * as tf from "@tensorflow/tfjs-core";
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";

const OF_NOTHING = { Sum: 0, Mean: NaN, Prod: 1, Max: -Infinity, Min: Infinity } as const;
const { parseAxisParam, sizeFromShape } = tf.util;

/** The stock kernels, with an answer for axes without elements. */
export function emptyReductions(): tf.KernelConfig[] {
  return Object.entries(OF_NOTHING).map(([name, neutral]) => {
    const stock = tf.getKernel(name, "webgpu");
    if (!stock) {
      throw new Error(
        `registerWebgpuKernels: tfjs's WebGPU backend has no ${name}, import ` +
          "@tensorflow/tfjs-backend-webgpu first",
      );
    }
    return {
      ...stock,
      kernelFunc: (args) => {
        const { x } = args.inputs as { x: tf.TensorInfo };
        const {
          axis,
          reductionIndices = axis,
          keepDims,
        } = args.attrs as {
          axis: number | number[];
          reductionIndices?: number | number[];
          keepDims: boolean;
        };
        const axes = parseAxisParam(reductionIndices, x.shape); // Max has a name of its own for it
        const shape = x.shape.flatMap((n, i) => (!axes.includes(i) ? [n] : keepDims ? [1] : []));
        if (sizeFromShape(x.shape) > 0 || sizeFromShape(shape) === 0) return stock.kernelFunc(args);
        return (args.backend as WebGPUBackend).makeTensorInfo(
          shape,
          x.dtype,
          new Float32Array(sizeFromShape(shape)).fill(neutral),
        );
      },
    };
  });
}
