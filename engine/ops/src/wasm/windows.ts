/**
 * Replaces the op kernels whose results over windows are wrong in tfjs 4.22 on WASM: both gradients
 * of a 3D convolution (the input's with margins or several channels, both with strides), 3D maxima
 * of negative numbers, and the gradients of maxima where windows overlap. Sums are kept in float64
 * and rounded once.
 */
import * as tf from "@tensorflow/tfjs-core";
import { output } from "./module";
import type { WasmKernel } from "./register";

/** One axis of places: depth, height or width. */
interface Axis {
  input: number;
  output: number;
  filter: number;
  stride: number;
  dilation: number;
  /** Places of margin before the first one of the input. */
  pad: number;
}
type Axes = [depth: Axis, height: Axis, width: Axis];
type Conv3D = ReturnType<typeof tf.backend_util.computeConv3DInfo>;
type Conv2D = ReturnType<typeof tf.backend_util.computeConv2DInfo>;

const flatAxis: Axis = { input: 1, output: 1, filter: 1, stride: 1, dilation: 1, pad: 0 };

const rowsAndColumns = (conv: Conv3D | Conv2D): [height: Axis, width: Axis] => [
  {
    input: conv.inHeight,
    output: conv.outHeight,
    filter: conv.filterHeight,
    stride: conv.strideHeight,
    dilation: conv.dilationHeight,
    pad: conv.padInfo.top,
  },
  {
    input: conv.inWidth,
    output: conv.outWidth,
    filter: conv.filterWidth,
    stride: conv.strideWidth,
    dilation: conv.dilationWidth,
    pad: conv.padInfo.left,
  },
];

const axesOf3D = (conv: Conv3D): Axes => [
  {
    input: conv.inDepth,
    output: conv.outDepth,
    filter: conv.filterDepth,
    stride: conv.strideDepth,
    dilation: conv.dilationDepth,
    pad: conv.padInfo.front,
  },
  ...rowsAndColumns(conv),
];

const places = (axes: Axes, of: "input" | "output") =>
  axes.reduce((count, axis) => count * axis[of], 1);

/** Calls visit for each place of the input that the window of one result sees along an axis. */
function along(axis: Axis, result: number, visit: (place: number, tap: number) => void): void {
  for (let tap = 0; tap < axis.filter; tap++) {
    const place = result * axis.stride + tap * axis.dilation - axis.pad;
    if (place >= 0 && place < axis.input) visit(place, tap);
  }
}

/** Calls visit for each pair of a result and a place that it sees, window by window, in a batch. */
function eachPair(
  axes: Axes,
  batchSize: number,
  visit: (result: number, place: number, tap: number) => void,
): void {
  const [depth, height, width] = axes;
  for (let batch = 0; batch < batchSize; batch++) {
    const firstResult = batch * places(axes, "output");
    const firstPlace = batch * places(axes, "input");
    for (let d = 0; d < depth.output; d++) {
      for (let h = 0; h < height.output; h++) {
        for (let w = 0; w < width.output; w++) {
          const result = firstResult + (d * height.output + h) * width.output + w;
          along(depth, d, (inD, tapD) =>
            along(height, h, (inH, tapH) =>
              along(width, w, (inW, tapW) => {
                const place = firstPlace + (inD * height.input + inH) * width.input + inW;
                visit(result, place, (tapD * height.filter + tapH) * width.filter + tapW);
              }),
            ),
          );
        }
      }
    }
  }
}

type Five = [number, number, number, number, number];
type Three = [number, number, number];
type Pad3D = Parameters<typeof tf.backend_util.computeConv3DInfo>[4];

const convOf = (inShape: number[], filterShape: number[], attrs: Record<string, unknown>) =>
  tf.backend_util.computeConv3DInfo(
    inShape as Five,
    filterShape as Five,
    attrs.strides as Three,
    1,
    attrs.pad as Pad3D,
  );

/** dw[tap, c, o] = Σ x[place, c] · dy[result, o], over all pairs of the batch. */
const CONV3D_FILTER: WasmKernel = {
  name: "Conv3DBackpropFilterV2",
  isCorrection: true,
  make: () => (backend, inputs, attrs) => {
    const conv = convOf(inputs.x!.shape, attrs.filterShape as number[], attrs);
    const axes = axesOf3D(conv);
    const { batchSize, inChannels, outChannels } = conv;
    const dw = output(backend, conv.filterShape, "float32");
    const x = backend.typedArrayFromHeap(inputs.x!);
    const dy = backend.typedArrayFromHeap(inputs.dy!);
    const sums = new Float64Array(tf.util.sizeFromShape(conv.filterShape));
    eachPair(axes, batchSize, (result, place, tap) => {
      const fromDy = result * outChannels;
      for (let c = 0; c < inChannels; c++) {
        const value = x[place * inChannels + c]!;
        const to = (tap * inChannels + c) * outChannels;
        for (let o = 0; o < outChannels; o++) sums[to + o]! += value * dy[fromDy + o]!;
      }
    });
    backend.typedArrayFromHeap(dw).set(sums);
    return dw;
  },
};

/** dx[place, c] = Σ w[tap, c, o] · dy[result, o], over the results that see the place. */
const CONV3D_INPUT: WasmKernel = {
  name: "Conv3DBackpropInputV2",
  isCorrection: true,
  make: () => (backend, inputs, attrs) => {
    const conv = convOf(attrs.inputShape as number[], inputs.filter!.shape, attrs);
    const axes = axesOf3D(conv);
    const { batchSize, inChannels, outChannels } = conv;
    const dx = output(backend, conv.inShape, "float32");
    const w = backend.typedArrayFromHeap(inputs.filter!);
    const dy = backend.typedArrayFromHeap(inputs.dy!);
    const sums = new Float64Array(tf.util.sizeFromShape(conv.inShape));
    eachPair(axes, batchSize, (result, place, tap) => {
      const fromDy = result * outChannels;
      for (let c = 0; c < inChannels; c++) {
        const fromW = (tap * inChannels + c) * outChannels;
        let sum = 0;
        for (let o = 0; o < outChannels; o++) sum += w[fromW + o]! * dy[fromDy + o]!;
        sums[place * inChannels + c]! += sum;
      }
    });
    backend.typedArrayFromHeap(dx).set(sums);
    return dx;
  },
};

/** For each result, the index in x of the greatest number that it sees; on ties, the first one. */
function greatest(x: ArrayLike<number>, axes: Axes, batchSize: number, channels: number) {
  const indices = new Int32Array(batchSize * places(axes, "output") * channels).fill(-1);
  eachPair(axes, batchSize, (result, place) => {
    for (let c = 0; c < channels; c++) {
      const to = result * channels + c;
      const from = place * channels + c;
      if (indices[to]! < 0 || x[from]! > x[indices[to]!]!) indices[to] = from;
    }
  });
  return indices;
}

const poolOf = (x: tf.TensorInfo, attrs: Record<string, unknown>) =>
  tf.backend_util.computePool3DInfo(
    x.shape as Five,
    attrs.filterSize as Three,
    attrs.strides as Three,
    1,
    attrs.pad as Pad3D,
    attrs.dimRoundingMode as "floor" | undefined,
  );

const MAX_POOL3D: WasmKernel = {
  name: "MaxPool3D",
  isCorrection: true,
  make: () => (backend, inputs, attrs) => {
    const pool = poolOf(inputs.x!, attrs);
    const y = output(backend, pool.outShape, inputs.x!.dtype);
    const x = backend.typedArrayFromHeap(inputs.x!);
    const from = greatest(x, axesOf3D(pool), pool.batchSize, pool.inChannels);
    const to = backend.typedArrayFromHeap(y);
    for (let i = 0; i < to.length; i++) to[i] = x[from[i]!]!;
    return y;
  },
};

/** dx[place] = Σ dy[result], over the results whose greatest number is at the place. */
const maxPoolGradient = (
  name: string,
  poolAndAxes: (
    x: tf.TensorInfo,
    attrs: Record<string, unknown>,
  ) => { pool: Conv3D | Conv2D; axes: Axes },
): WasmKernel => ({
  name,
  isCorrection: true,
  make: () => (backend, inputs, attrs) => {
    const { pool, axes } = poolAndAxes(inputs.input!, attrs);
    const dx = output(backend, inputs.input!.shape, "float32");
    const x = backend.typedArrayFromHeap(inputs.input!);
    const dy = backend.typedArrayFromHeap(inputs.dy!);
    const sums = new Float64Array(x.length);
    const to = greatest(x, axes, pool.batchSize, pool.inChannels);
    for (let i = 0; i < to.length; i++) sums[to[i]!]! += dy[i]!;
    backend.typedArrayFromHeap(dx).set(sums);
    return dx;
  },
});

const MAX_POOL3D_GRADIENT = maxPoolGradient("MaxPool3DGrad", (x, attrs) => {
  const pool = poolOf(x, attrs);
  return { pool, axes: axesOf3D(pool) };
});

const MAX_POOL_GRADIENT = maxPoolGradient("MaxPoolGrad", (x, attrs) => {
  const pool = tf.backend_util.computePool2DInfo(
    x.shape as [number, number, number, number],
    attrs.filterSize as [number, number],
    attrs.strides as [number, number],
    1,
    attrs.pad as "same" | "valid" | number,
    attrs.dimRoundingMode as "floor" | undefined,
  );
  return { pool, axes: [flatAxis, ...rowsAndColumns(pool)] };
});

export const WINDOWS: WasmKernel[] = [
  CONV3D_FILTER,
  CONV3D_INPUT,
  MAX_POOL3D,
  MAX_POOL3D_GRADIENT,
  MAX_POOL_GRADIENT,
];
