/**
 * The gradients of convolutions that the stock backend doesn't have: of filters, and of the input of
 * a depthwise convolution. The gradient of each number of a filter is one product with the image,
 * shifted to the number's place.
 */
import * as tf from "@tensorflow/tfjs-core";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { address, call, floats, output, wasm, withScratch } from "./module";
import { product } from "./product";
import type { WasmKernel } from "./register";
import { copyStrided } from "./strided";

type Conv = ReturnType<typeof tf.backend_util.computeConv2DInfo>;

/** Along one axis, the results that read inside the input with the filter at `place`. */
function inside(
  place: number,
  stride: number,
  pad: number,
  input: number,
  output: number,
): { first: number; count: number } {
  const first = Math.max(0, Math.ceil((pad - place) / stride));
  const last = Math.min(output - 1, Math.floor((input - 1 + pad - place) / stride));
  return { first, count: Math.max(0, last - first + 1) };
}

/**
 * Writes [batch, outHeight, outWidth, inChannels]: what the filter's place (row, column) reads for
 * each result, and 0 outside the input.
 */
function shifted(
  backend: BackendWasm,
  x: number,
  to: number,
  conv: Conv,
  row: number,
  column: number,
): void {
  const { batchSize, inChannels, inHeight, inWidth, outHeight, outWidth } = conv;
  const { strideHeight, strideWidth, padInfo } = conv;
  const rows = inside(row, strideHeight, padInfo.top, inHeight, outHeight);
  const columns = inside(column, strideWidth, padInfo.left, inWidth, outWidth);
  floats(backend, to, batchSize * outHeight * outWidth * inChannels).fill(0);
  if (rows.count === 0 || columns.count === 0) return;
  const pixel = 4 * inChannels; // bytes
  const inRow = inWidth * pixel;
  const outRow = outWidth * pixel;
  const firstRow = rows.first * strideHeight + row - padInfo.top;
  const firstColumn = columns.first * strideWidth + column - padInfo.left;
  const from = x + firstRow * inRow + firstColumn * pixel;
  const start = to + rows.first * outRow + columns.first * pixel;
  const axes = [
    { length: batchSize, from: inHeight * inRow, to: outHeight * outRow },
    { length: rows.count, from: strideHeight * inRow, to: outRow },
    { length: columns.count, from: strideWidth * pixel, to: pixel },
    { length: inChannels, from: 4, to: 4 },
  ];
  copyStrided(backend, from, start, axes, 4);
}

/** Calls f for each place of the filter, with its index and the address of what it reads. */
function places(
  backend: BackendWasm,
  x: tf.TensorInfo,
  conv: Conv,
  f: (place: number, seen: number) => void,
): void {
  const { batchSize, inChannels, outHeight, outWidth } = conv;
  const { filterHeight, filterWidth, dilationHeight, dilationWidth } = conv;
  const from = address(backend, x);
  withScratch(backend, 4 * batchSize * outHeight * outWidth * inChannels, (seen) => {
    for (let row = 0; row < filterHeight; row++) {
      for (let column = 0; column < filterWidth; column++) {
        shifted(backend, from, seen, conv, row * dilationHeight, column * dilationWidth);
        f(row * filterWidth + column, seen);
      }
    }
  });
}

const size = (t: tf.TensorInfo) => tf.util.sizeFromShape(t.shape);
type Four = [number, number, number, number];
type Pad = Parameters<typeof tf.backend_util.computeConv2DInfo>[4];
type Rounding = Parameters<typeof tf.backend_util.computeConv2DInfo>[5];

const FILTER: WasmKernel = {
  name: "Conv2DBackpropFilter",
  make: () => (backend, inputs, attrs) => {
    const first = attrs.dataFormat === "NCHW"; // channels before places: moved behind them
    const [x, dy] = [inputs.x!, inputs.dy!].map((t) =>
      first ? call("Transpose", backend, { x: t }, { perm: [0, 2, 3, 1] }) : t,
    ) as [tf.TensorInfo, tf.TensorInfo];
    const filterShape = attrs.filterShape as Four;
    const conv = tf.backend_util.computeConv2DInfo(
      x.shape as Four,
      filterShape,
      attrs.strides as [number, number],
      1,
      attrs.pad as Pad,
      attrs.dimRoundingMode as Rounding,
    );
    const result = output(backend, filterShape, "float32");
    backend.typedArrayFromHeap(result).fill(0);
    const { inChannels: m, outChannels: n } = conv;
    const k = conv.batchSize * conv.outHeight * conv.outWidth;
    if (k > 0 && size(result) > 0) {
      const [from, to] = [address(backend, dy), address(backend, result)];
      places(backend, x, conv, (place, seen) => {
        const at = to + 4 * place * m * n;
        const seenT = { at: seen, next: 0, row: 4, column: 4 * m };
        product(backend, 1, { m, n, k }, seenT, { at: from, next: 0, row: 4 * n, column: 4 }, at);
      });
    }
    if (first) for (const t of [x, dy]) backend.disposeData(t.dataId);
    return result;
  },
};

const DEPTHWISE_FILTER: WasmKernel = {
  name: "DepthwiseConv2dNativeBackpropFilter",
  make:
    () =>
    (backend, { x, dy }, attrs) => {
      const filterShape = attrs.filterShape as Four;
      const conv = tf.backend_util.computeConv2DInfo(
        x!.shape as Four,
        filterShape,
        attrs.strides as [number, number],
        attrs.dilations as [number, number],
        attrs.pad as Pad,
        attrs.dimRoundingMode as Rounding,
        true,
      );
      const result = output(backend, filterShape, "float32");
      const [, , channels, times] = filterShape;
      backend.typedArrayFromHeap(result).fill(0);
      const rows = conv.batchSize * conv.outHeight * conv.outWidth;
      if (rows > 0 && size(result) > 0) {
        const [from, to] = [address(backend, dy!), address(backend, result)];
        places(backend, x!, conv, (place, seen) => {
          const at = to + 4 * place * channels * times;
          wasm(backend).multiplyAdd(seen, from, at, rows, channels, times);
        });
      }
      return result;
    },
};

/** The numbers of a depthwise convolution, row-major. */
interface DepthwiseInput {
  dy: Float32Array;
  filter: Float32Array;
  dx: Float32Array;
}

/** Adds to one row of dx what one row of dy gives it through one row of the filter. */
function addRow(
  { dy, filter, dx }: DepthwiseInput,
  conv: Conv,
  [toRow, fromRow, filterRow]: [to: number, from: number, filter: number],
): void {
  const { filterWidth, inChannels, inWidth, outWidth, outChannels } = conv;
  const times = outChannels / inChannels;
  for (let column = 0; column < filterWidth; column++) {
    const place = column * conv.dilationWidth;
    const { left } = conv.padInfo;
    const { first, count } = inside(place, conv.strideWidth, left, inWidth, outWidth);
    for (let out = first; out < first + count; out++) {
      const to = toRow + (out * conv.strideWidth + place - left) * inChannels;
      const from = fromRow + out * outChannels;
      const at = filterRow + column * outChannels;
      for (let i = 0; i < outChannels; i++) {
        dx[to + Math.floor(i / times)]! += dy[from + i]! * filter[at + i]!;
      }
    }
  }
}

function addDepthwiseInput(numbers: DepthwiseInput, conv: Conv): void {
  const { batchSize, filterHeight, filterWidth, inChannels, outChannels } = conv;
  const { inHeight, inWidth, outHeight, outWidth, strideHeight, padInfo } = conv;
  for (let row = 0; row < filterHeight; row++) {
    const place = row * conv.dilationHeight;
    const { first, count } = inside(place, strideHeight, padInfo.top, inHeight, outHeight);
    for (let batch = 0; batch < batchSize; batch++) {
      for (let out = first; out < first + count; out++) {
        const to = batch * inHeight + out * strideHeight + place - padInfo.top;
        const from = batch * outHeight + out;
        addRow(numbers, conv, [
          to * inWidth * inChannels,
          from * outWidth * outChannels,
          row * filterWidth * outChannels,
        ]);
      }
    }
  }
}

const DEPTHWISE_INPUT: WasmKernel = {
  name: "DepthwiseConv2dNativeBackpropInput",
  make:
    () =>
    (backend, { dy, filter }, attrs) => {
      const conv = tf.backend_util.computeConv2DInfo(
        attrs.inputShape as Four,
        filter!.shape as Four,
        attrs.strides as [number, number],
        attrs.dilations as [number, number],
        attrs.pad as Pad,
        attrs.dimRoundingMode as Rounding,
        true,
      );
      const result = output(backend, conv.inShape, "float32");
      const numbers = [dy!, filter!, result].map((t) => backend.typedArrayFromHeap(t));
      const [from, by, to] = numbers as [Float32Array, Float32Array, Float32Array];
      to.fill(0);
      addDepthwiseInput({ dy: from, filter: by, dx: to }, conv);
      return result;
    },
};

export const CONVOLUTION_GRADIENTS = [FILTER, DEPTHWISE_FILTER, DEPTHWISE_INPUT];
