/**
 * Sums, means, products and extremes over empty axes: tfjs 4.22's WebGPU kernels divide by the
 * length of the axis and fail.
 */
import * as tf from "@tensorflow/tfjs-core";
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import { stockKernel } from "./stock";

const OF_NOTHING = { Sum: 0, Mean: NaN, Prod: 1, Max: -Infinity, Min: Infinity } as const;
const { parseAxisParam, sizeFromShape } = tf.util;

interface ReductionAttrs {
  axis: number | number[];
  /** Max's name for axis */
  reductionIndices?: number | number[];
  keepDims: boolean;
}

function resultShape(x: tf.TensorInfo, attrs: ReductionAttrs): number[] {
  const axes = parseAxisParam(attrs.reductionIndices ?? attrs.axis, x.shape);
  const reduced = attrs.keepDims ? [1] : [];
  return x.shape.flatMap((n, i) => (axes.includes(i) ? reduced : [n]));
}

/** The stock kernels, with a result for empty axes. */
export function emptyReductions(): tf.KernelConfig[] {
  return Object.entries(OF_NOTHING).map(([name, neutral]) => {
    const stock = stockKernel(name);
    return {
      ...stock,
      kernelFunc: (args) => {
        const { x } = args.inputs as { x: tf.TensorInfo };
        const shape = resultShape(x, args.attrs as unknown as ReductionAttrs);
        const count = sizeFromShape(shape);
        if (sizeFromShape(x.shape) > 0 || count === 0) return stock.kernelFunc(args);
        const values = new Float32Array(count).fill(neutral);
        return (args.backend as WebGPUBackend).makeTensorInfo(shape, x.dtype, values);
      },
    };
  });
}
